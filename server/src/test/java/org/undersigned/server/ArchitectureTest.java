package org.undersigned.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.helidon.webserver.http.ServerResponse;
import org.junit.jupiter.api.Test;
import org.undersigned.server.publish.paper.Packet;
import org.undersigned.server.site.BoxCounts;

/// The rooms and the directions between them (docs/ARCHITECTURE.md). Every rule fails if it finds no class to check.
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // the test classes of other modules
            .importPackages("org.undersigned");

    private static final String SERVER = "org.undersigned.server.";

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        check(slices().matching("org.undersigned.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyRoomStandsOnTheRoomsBelowIt() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("platform")
                .definedBy(SERVER + "platform..")
                .layer("relay")
                .definedBy(SERVER + "relay..")
                .layer("content")
                .definedBy(SERVER + "content..")
                .layer("count")
                .definedBy(SERVER + "count..")
                .layer("site")
                .definedBy(SERVER + "site..")
                .layer("publish")
                .definedBy(SERVER + "publish..")
                .layer("demo")
                .definedBy(SERVER + "demo..")
                .layer("instance")
                .definedBy(SERVER + "instance..")
                .layer("command")
                .definedBy(SERVER + "command..")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("instance")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("instance")
                .whereLayer("publish")
                .mayOnlyBeAccessedByLayers("instance", "command")
                .whereLayer("relay")
                .mayOnlyBeAccessedByLayers("instance", "command")
                .whereLayer("site")
                .mayOnlyBeAccessedByLayers("publish", "demo", "instance", "command")
                .whereLayer("count")
                .mayOnlyBeAccessedByLayers("site", "publish", "demo", "instance", "command")
                .whereLayer("content")
                .mayOnlyBeAccessedByLayers("count", "site", "publish", "demo", "instance", "command"));
    }

    @Test
    void noWayOfPublishingImportsAnother() {
        check(slices().matching(SERVER + "publish.(*)..").should().notDependOnEachOther());
        assertThat(CLASSES.stream()
                        .filter(resideInAPackage(SERVER + "publish.*.."))
                        .map(JavaClass::getPackageName)
                        .distinct())
                .hasSizeGreaterThan(7);
    }

    @Test
    void theRollNeverImportsTheBox() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "count.roll..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER + "count.box..")
                .because("code that sees a person and a token could link them"));
    }

    @Test
    void theBoxNeverImportsTheRollOrMail() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "count.box..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER + "count.roll..", SERVER + "platform.mail..")
                .because("code that sees a token and a person could link them"));
    }

    @Test
    void theRelayHasNoDatabaseAndKnowsNothingOfTheInstance() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SERVER + "content..",
                        SERVER + "count..",
                        SERVER + "site..",
                        SERVER + "publish..",
                        "org.jdbi..",
                        "java.sql..")
                .because("another organization runs it, and there must be nothing to take from it"));
    }

    @Test
    void noPublishingCodeImportsTheRoll() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SERVER + "content..", SERVER + "site..", SERVER + "publish.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER + "count.roll..")
                .because("the roll knows people"));
    }

    @Test
    void theLibrariesDependOnTheJdkOnly() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "org.undersigned.privacypass..", "org.undersigned.tlog..", "org.undersigned.ohttp..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "javax.crypto..",
                        "com.sun.net.httpserver..", // the JDK's own, for tlog's WitnessHandler
                        "org.jspecify..",
                        "org.undersigned.privacypass..",
                        "org.undersigned.tlog..",
                        "org.undersigned.ohttp.."));
    }

    @Test
    void recordAndCliNeverImportTheServer() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.undersigned.record..", "org.undersigned.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.undersigned.server.."));
    }

    @Test
    void onlyTheDemonstrationImportsCli() {
        check(noClasses()
                .that()
                .resideInAPackage("org.undersigned.server..")
                .and()
                .resideOutsideOfPackage("..server.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.undersigned.cli.."));
    }

    @Test
    void onlyStoresSendSql() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackage("org.undersigned.server.platform.db..")
                .should()
                .callMethod(org.jdbi.v3.core.Handle.class, "createQuery", String.class)
                .orShould()
                .callMethod(org.jdbi.v3.core.Handle.class, "createUpdate", String.class)
                .orShould()
                .callMethod(org.jdbi.v3.core.Handle.class, "execute", String.class, Object[].class));
    }

    @Test
    void everyHandlerOfGetAlsoHandlesHead() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.undersigned.server.platform.http..",
                        "..server.count.box..",
                        "..server.count.witness..",
                        "..server.relay..") // handle POST only
                .should()
                .callMethod(ServerResponse.class, "send", byte[].class)
                .orShould()
                .callMethod(ServerResponse.class, "send", Object.class)
                .because("CachedResponses.send leaves out the body of a HEAD response"));
    }

    @Test
    void theSizeOfABoxIsReadOnlyWhereItMayBeShown() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("..server.site..")
                .and()
                .doNotHaveFullyQualifiedName(Packet.class.getName()) // compares it; the checkpoint beside it states it
                .and()
                .haveNameNotMatching(".*\\.JterecordGenerated.*") // shows the checkpoint too
                .and()
                .haveNameNotMatching(".*\\.JtecountGenerated.*") // marks each number for the recount
                .should()
                .callMethod(BoxCounts.class, "size")
                .because(
                        "the size less the counts shown reveals a count that is not; BoxCounts.disclosedSize decides"));
    }

    @Test
    void onlyHandlersAndPlatformHttpUseHelidon() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Handler")
                .and()
                .doNotHaveSimpleName("Routes")
                .and()
                .doNotHaveSimpleName("Route")
                .and()
                .doNotHaveSimpleName("Instance")
                .and()
                .doNotHaveSimpleName("RelayServer")
                .and()
                .doNotHaveSimpleName("PageResponder")
                .and()
                .doNotHaveSimpleName("RequestedContent")
                .and()
                .resideOutsideOfPackage("org.undersigned.server.platform.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon.."));
    }
}
