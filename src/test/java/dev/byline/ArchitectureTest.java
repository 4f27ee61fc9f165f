package dev.byline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.replica.ReadsFromReplica;
import dev.byline.platform.write.Write;
import dev.byline.post.Post;
import dev.byline.user.User;
import jakarta.annotation.security.PermitAll;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;

/// The structure of the code. A rule that is not here is not a rule.
class ArchitectureTest {

    private static final java.nio.file.Path README =
            java.nio.file.Path.of("src/main/java/dev/byline/platform/README.md");

    private static final JavaClasses BYLINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.byline");

    private static final String PLATFORM = "dev.byline.platform";

    private static final JavaClasses FEATURES =
            BYLINE.that(resideInAnyPackage("dev.byline.user..", "dev.byline.post.."));

    /// The fields that every entity has.
    private static final Set<String> OF_ALL = Set.of("id", "createdAt", "updatedAt", "version");

    @Test
    void packagesKnowOnlyWhatStandsBelowThem() throws IOException {
        noClasses()
                .that()
                .resideInAPackage(PLATFORM + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.byline.user..", "dev.byline.post..")
                .check(BYLINE);
        noClasses()
                .that()
                .resideInAPackage("dev.byline.user..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.byline.post..")
                .check(BYLINE);
        slices().matching("dev.byline.(*)..").should().beFreeOfCycles().check(BYLINE);
        slices().matching(PLATFORM + ".(*)..").should().beFreeOfCycles().check(BYLINE);
        known().forEach((name, known) -> classes()
                .that()
                .resideInAPackage(PLATFORM + "." + name)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(PLATFORM + "..")
                        .or(resideInAnyPackage(Stream.concat(Stream.of(name), known.stream())
                                .map(one -> PLATFORM + "." + one)
                                .toArray(String[]::new))))
                .check(BYLINE));
    }

    /// What features are called and what they have stands nowhere in the platform, not even in a string or a comment.
    @Test
    void thePlatformNamesNoFeature() throws IOException {
        var names = Pattern.compile(Stream.of(
                        FEATURES.stream().map(JavaClass::getSimpleName).filter(name -> !name.isEmpty()),
                        FEATURES.stream()
                                .flatMap(type -> type.tryGetAnnotationOfType(Path.class).stream())
                                .flatMap(path -> Stream.of(path.value().split("[/{}]+")))
                                .filter(name -> name.length() > 2),
                        Stream.of(User.FIELDS, Post.FIELDS)
                                .flatMap(fields -> fields.references().stream())
                                .map(Field::name),
                        // Words that others use too: here as a query parameter.
                        Stream.of(User.FIELDS, Post.FIELDS)
                                .flatMap(fields -> fields.own().stream())
                                .map(Field::name)
                                .filter(name -> !OF_ALL.contains(name))
                                .map(name -> name + "(?::\\w+)?=[^=\\s]"))
                .flatMap(Function.identity())
                .distinct()
                .collect(Collectors.joining("|", "\\b(?:", ")\\b")));
        assertTrue(names.matcher("/posts?title:contains=x").find());
        try (var sources = Files.walk(README.getParent())) {
            for (var source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                var text = Files.readString(source);
                var found =
                        names.matcher(text).results().map(MatchResult::group).toList();
                assertEquals(List.of(), found, source.toString());
            }
        }
    }

    /// Packages that are there for others stand below `api` and `spi`, or are in Quarkus' guides.
    @Test
    void internalsOfFrameworksAreUsedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PLATFORM + ".framework")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages("dev.byline..", "..spi..")
                        .and(resideInAnyPackage(
                                "..impl..",
                                "..internal..",
                                "org.hibernate.engine..",
                                "org.hibernate.id..",
                                "org.hibernate.metamodel..",
                                "org.hibernate.persister..",
                                "org.jboss.resteasy.reactive.server.core..",
                                "org.jboss.resteasy.reactive.server.handlers..",
                                "org.jboss.resteasy.reactive.server.mapping..",
                                "io.quarkus.resteasy.reactive.server.runtime..",
                                "io.quarkus.smallrye.openapi.runtime..")))
                .check(BYLINE);
    }

    /// Reads from a hot standby are PostgreSQL's as a whole: the builds for other databases leave the package out.
    @Test
    void onePackageKnowsSqlAndTheDrivers() throws IOException {
        noClasses()
                .that()
                .resideOutsideOfPackages(PLATFORM + ".database", PLATFORM + ".replica")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.postgresql..", "org.sqlite..", "org.mariadb..", "com.mysql..", "oracle..")
                        .or(belongToAnyOf(Statement.class, PreparedStatement.class, ResultSet.class)))
                .orShould()
                .callMethodWhere(target(nameMatching("createNative\\w+|getSQLState|getErrorCode")))
                .check(BYLINE);
        // SQL within HQL, and SQLStates.
        var written = Pattern.compile("\\bsql\\('|\"[0-9][0-9A-Z][0-9A-Z]{3}\"");
        assertTrue(written.matcher("case \"42P01\"").find());
        for (var source : sources()) {
            var text = Files.readString(source);
            assertTrue(
                    source.startsWith(README.resolveSibling("database"))
                            || !written.matcher(text).find(),
                    source.toString());
        }
    }

    private static List<java.nio.file.Path> sources() throws IOException {
        try (var files = Files.walk(java.nio.file.Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void theTableOfPackagesNamesThemAll() throws IOException {
        try (var folders = Files.list(README.getParent())) {
            assertEquals(
                    folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .collect(Collectors.toSet()),
                    known().keySet());
        }
    }

    /// The packages that each package of the platform may know, by its README.
    private static Map<String, List<String>> known() throws IOException {
        var known = new TreeMap<String, List<String>>();
        for (var line : Files.readAllLines(README)) {
            var cells = line.split("\\|");
            if (cells.length == 4 && cells[1].contains("`")) {
                known.put(names(cells[1]).getFirst(), names(cells[3]));
            }
        }
        return known;
    }

    private static List<String> names(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void entitiesKnowNoHttpNoJsonAndNoRecord() {
        noClasses()
                .that()
                .areAnnotatedWith(Entity.class)
                .or()
                .areAssignableTo(BaseEntity.class)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.ws.rs..",
                        "com.fasterxml..",
                        "io.vertx..",
                        "..platform.http..",
                        "..rest..",
                        "..server..",
                        "..problem.."))
                .orShould()
                .dependOnClassesThat(
                        resideOutsideOfPackage("..query..").and(describe("are records", JavaClass::isRecord)))
                .check(BYLINE);
    }

    @Test
    void transactionsBeginAtResourceMethodsThatSayTheyWrite() {
        methods()
                .that()
                .areAnnotatedWith(Write.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage(PLATFORM + ".entity")
                .andShould()
                .haveRawReturnType(RestResponse.class)
                .check(BYLINE);
        noClasses()
                .that()
                .areNotAnnotations()
                .and()
                .areNotAnnotatedWith(Interceptor.class)
                .should()
                .beAnnotatedWith(Write.class)
                .check(BYLINE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Transactional.class)
                .check(BYLINE);
    }

    @Test
    void everyReadOfRowsMayGoToTheReplica() {
        methods()
                .that()
                .areAnnotatedWith(GET.class)
                .and()
                .areDeclaredInClassesThat()
                .areNotAnnotatedWith(PermitAll.class)
                .should()
                .beAnnotatedWith(ReadsFromReplica.class)
                .check(BYLINE);
    }

    @Test
    void onePlaceTurnsExceptionsIntoProblems() {
        methods()
                .that()
                .areAnnotatedWith(ServerExceptionMapper.class)
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleName("ProblemMapper")
                .check(BYLINE);
    }

    @Test
    void noLayerStandsBetweenAResourceAndItsEntity() {
        noClasses()
                .should()
                .haveNameMatching(".*(Service|Repository|Dao|Dto|Manager|Helper|Utils?|Impl)")
                .orShould()
                .resideInAnyPackage("..util..", "..dto..", "..config..", "..exception..")
                .check(BYLINE);
    }

    @Test
    void logsGoThroughQuarkus() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(BYLINE);
        noClasses()
                .that()
                // What a person who starts the service must read is in plain text, and may come before logging works.
                .haveNameNotMatching(".*[.](Byline|Backup|StartFailure|Schema)")
                .should(ACCESS_STANDARD_STREAMS)
                .check(BYLINE);
    }
}
