package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS of the service's own, for who has no gateway before it.
class TlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void servesWithTlsAndTakesANewCertificateWithoutARestart() throws Exception {
        var first = keyStore("first");
        var second = keyStore("second");
        var current = Files.copy(first, folder.resolve("current.p12"));
        int port = ManagementPort.free();
        var settings = Map.of(
                "QUARKUS_HTTP_TLS_CONFIGURATION_NAME",
                "clients",
                "QUARKUS_TLS_CLIENTS_KEY_STORE_P12_PATH",
                current.toString(),
                "QUARKUS_TLS_CLIENTS_KEY_STORE_P12_PASSWORD",
                PASSWORD,
                "QUARKUS_TLS_CLIENTS_RELOAD_PERIOD",
                "1s",
                "QUARKUS_HTTP_SSL_PORT",
                String.valueOf(port),
                "QUARKUS_HTTP_INSECURE_REQUESTS",
                "disabled");
        try (var postgres = new Postgres(folder);
                var service = new Service(folder, postgres.url(), settings)) {
            service.await("/q/health/ready", 200);
            // Vert.x closes a connection that comes in the very moment in which it begins to listen.
            awaitSubject("CN=first", port, first, service);
            assertThrows(IOException.class, () -> subject(port, second), "nobody trusts the other certificate yet");
            assertThrows(IOException.class, () -> service.get("/users"), "nothing listens without TLS");

            Files.move(second, current, StandardCopyOption.REPLACE_EXISTING);
            awaitSubject("CN=second", port, current, service);
        }
    }

    private static void awaitSubject(String name, int port, Path trusted, Service service) throws Exception {
        var deadline = Instant.now().plus(Service.PATIENCE);
        while (!subjectOrFailure(port, trusted).equals(name)) {
            assertTrue(Instant.now().isBefore(deadline), service.log());
            Thread.sleep(200);
        }
    }

    private static String subjectOrFailure(int port, Path trusted) throws GeneralSecurityException {
        try {
            return subject(port, trusted);
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    /// Speaks TLS and HTTP with the service.
    ///
    /// @return whom its certificate names, if it is the trusted one
    private static String subject(int port, Path trusted) throws IOException, GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(trusted.toFile(), PASSWORD.toCharArray()));
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /users HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            assertEquals("HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12)));
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private Path keyStore(String name) throws IOException, InterruptedException {
        var file = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertEquals(0, made.waitFor());
        return file;
    }
}
