package dev.byline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.byline.database.BaseEntity;
import dev.byline.replica.ReadsFromReplica;
import dev.byline.write.Write;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;

/// The structure of the code. A rule that is not here is not a rule.
class ArchitectureTest {

    private static final JavaClasses BYLINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.byline");

    @Test
    void packagesKnowOnlyWhatStandsBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("post")
                .definedBy("..post..")
                .layer("user")
                .definedBy("..user..")
                .layer("failure")
                .definedBy("..failure..")
                .layer("bulk")
                .definedBy("..bulk..")
                .layer("write")
                .definedBy("..write..")
                .layer("openapi")
                .definedBy("..openapi..")
                .layer("security")
                .definedBy("..security..")
                .layer("development")
                .definedBy("..development..")
                .layer("http")
                .definedBy("..http..")
                .layer("query")
                .definedBy("..query..")
                .layer("replica")
                .definedBy("..replica..")
                .layer("database")
                .definedBy("..database..")
                .layer("problem")
                .definedBy("..problem..")
                .whereLayer("post")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("user")
                .mayOnlyBeAccessedByLayers("post")
                .whereLayer("failure")
                .mayOnlyBeAccessedByLayers("bulk")
                .whereLayer("openapi")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bulk")
                .mayOnlyBeAccessedByLayers("post", "user")
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("post", "user")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("post", "user", "failure", "bulk", "write", "security")
                .whereLayer("query")
                .mayOnlyBeAccessedByLayers("post", "user", "http", "openapi", "bulk")
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers("post", "user", "failure", "write")
                .whereLayer("development")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers("post", "user", "bulk", "write", "http", "failure", "replica")
                .whereLayer("replica")
                .mayOnlyBeAccessedByLayers("post", "user", "http")
                .whereLayer("problem")
                .mayOnlyBeAccessedByLayers(
                        "post", "user", "bulk", "write", "http", "failure", "security", "query", "replica")
                .check(BYLINE);
        slices().matching("dev.byline.(*)..").should().beFreeOfCycles().check(BYLINE);
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
                        "jakarta.ws.rs..", "com.fasterxml..", "io.vertx..", "..http..", "..problem.."))
                .orShould()
                .dependOnClassesThat()
                .areRecords()
                .check(BYLINE);
    }

    @Test
    void transactionsBeginAtResourceMethodsThatSayTheyWrite() {
        methods()
                .that()
                .areAnnotatedWith(Write.class)
                .should()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
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
                .resideInAnyPackage("..post..", "..user..")
                .should()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(ReadsFromReplica.class)
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
                .doNotHaveSimpleName("Byline") // speaks before logging does
                .should(ACCESS_STANDARD_STREAMS)
                .check(BYLINE);
    }
}
