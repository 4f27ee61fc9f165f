package dev.byline.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The fields of operators' resources that the manifests may use; the typed model has no classes for them. A list's
/// elements share a path, and `*` stands for any key.
class CustomResources {

    private static final String METADATA = """
        apiVersion kind metadata.name metadata.namespace
        """;

    private static final Map<String, String> FIELDS = Map.of(
            "postgresql.cnpg.io/v1 Cluster",
            """
            spec.instances spec.imageName spec.inheritedMetadata.labels.* spec.storage.size spec.walStorage.size
            spec.resources.requests.* spec.resources.limits.*
            spec.affinity.enablePodAntiAffinity spec.affinity.topologyKey spec.affinity.podAntiAffinityType
            spec.bootstrap.initdb.database spec.bootstrap.initdb.owner spec.bootstrap.initdb.secret.name
            spec.bootstrap.initdb.dataChecksums spec.bootstrap.initdb.postInitApplicationSQLRefs.configMapRefs.name
            spec.bootstrap.initdb.postInitApplicationSQLRefs.configMapRefs.key
            spec.bootstrap.pg_basebackup.source spec.replica.enabled spec.replica.source
            spec.externalClusters.name spec.externalClusters.connectionParameters.*
            spec.externalClusters.sslKey.name spec.externalClusters.sslKey.key
            spec.externalClusters.sslCert.name spec.externalClusters.sslCert.key
            spec.externalClusters.sslRootCert.name spec.externalClusters.sslRootCert.key
            spec.managed.roles.name spec.managed.roles.login spec.managed.roles.passwordSecret.name
            spec.postgresql.parameters.* spec.postgresql.synchronous.method spec.postgresql.synchronous.number
            spec.postgresql.synchronous.dataDurability spec.postgresql.synchronous.failoverQuorum
            spec.plugins.name spec.plugins.isWALArchiver spec.plugins.parameters.*
            """,
            "postgresql.cnpg.io/v1 Pooler",
            """
            spec.cluster.name spec.type spec.instances spec.deploymentStrategy.rollingUpdate.maxUnavailable
            spec.deploymentStrategy.rollingUpdate.maxSurge
            spec.pgbouncer.poolMode spec.pgbouncer.parameters.*
            spec.template.*
            """,
            "postgresql.cnpg.io/v1 ScheduledBackup",
            """
            spec.schedule spec.immediate spec.backupOwnerReference spec.cluster.name spec.method
            spec.pluginConfiguration.name
            """,
            "barmancloud.cnpg.io/v1 ObjectStore",
            """
            spec.retentionPolicy spec.configuration.destinationPath spec.configuration.wal.compression
            spec.configuration.data.compression spec.configuration.s3Credentials.accessKeyId.name
            spec.configuration.s3Credentials.accessKeyId.key spec.configuration.s3Credentials.secretAccessKey.name
            spec.configuration.s3Credentials.secretAccessKey.key
            """,
            "external-secrets.io/v1 ExternalSecret",
            """
            spec.refreshInterval spec.secretStoreRef.kind spec.secretStoreRef.name spec.target.template.type
            spec.target.template.metadata.labels.* spec.dataFrom.extract.key
            """,
            "monitoring.coreos.com/v1 PodMonitor",
            """
            spec.jobLabel spec.podTargetLabels spec.selector.matchLabels.* spec.selector.matchExpressions.key
            spec.selector.matchExpressions.operator spec.selector.matchExpressions.values
            spec.podMetricsEndpoints.port spec.podMetricsEndpoints.path spec.podMetricsEndpoints.interval
            """,
            "monitoring.coreos.com/v1 PrometheusRule",
            """
            spec.groups.name spec.groups.rules.alert spec.groups.rules.record spec.groups.rules.expr
            spec.groups.rules.for
            spec.groups.rules.labels.* spec.groups.rules.annotations.*
            """);

    /// The known fields, none for an unknown kind.
    static Set<String> knownFieldsOf(String kind) {
        return Set.of((METADATA + FIELDS.getOrDefault(kind, "")).trim().split("\\s+"));
    }

    /// The paths of all values; below a field that takes any key the key is `*`.
    static Set<String> fieldsOf(JsonNode document) {
        var fields = new TreeSet<String>();
        var known = knownFieldsOf(document.path("apiVersion").asText() + " "
                + document.path("kind").asText());
        collect(document, "", known, fields);
        return fields;
    }

    private static void collect(JsonNode node, String path, Set<String> known, Set<String> fields) {
        if (known.contains(path + ".*")) {
            fields.add(path + ".*");
        } else if (node.isObject()) {
            node.properties().forEach(it -> collect(it.getValue(), join(path, it.getKey()), known, fields));
        } else if (node.isArray()) {
            node.forEach(it -> collect(it, path, known, fields));
        } else {
            fields.add(path);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private CustomResources() {}
}
