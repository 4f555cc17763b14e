package org.undersigned.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.helidon.webserver.http.ServerResponse;
import org.junit.jupiter.api.Test;
import org.undersigned.server.publish.paper.Packet;
import org.undersigned.server.site.BoxCounts;

/// The rooms and the walls between them (docs/ARCHITECTURE.md).
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.undersigned");

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }

    @Test
    void theseTestsLookAtSomething() {
        for (var room : new String[] {
            "server.count.roll",
            "server.count.box",
            "server.count.register",
            "server.site",
            "record",
            "tlog",
            "privacypass",
            "cli"
        }) {
            assertThat(CLASSES.stream().filter(resideInAPackage("org.undersigned." + room)))
                    .as(room)
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void whoIssuesNeverCounts() {
        check(noClasses()
                .that()
                .resideInAPackage("..server.count.roll..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..server.count.box..")
                .because("code that sees a person and a token could link them"));
    }

    @Test
    void whoCountsNeverIssues() {
        check(noClasses()
                .that()
                .resideInAPackage("..server.count.box..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..server.count.roll..", "..server.platform.mail..")
                .because("code that sees a token and a person could link them"));
    }

    @Test
    void theLibrariesStandOnTheJdkAlone() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.undersigned.privacypass..", "org.undersigned.tlog..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "javax.crypto..",
                        "com.sun.net.httpserver..", // the JDK's own, for tlog's WitnessHandler
                        "org.jspecify..",
                        "org.undersigned.privacypass..",
                        "org.undersigned.tlog.."));
    }

    @Test
    void theRecordTrustsNoServer() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.undersigned.record..", "org.undersigned.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.undersigned.server.."));
    }

    @Test
    void onlyTheDemonstrationUsesTheCommandLineSigner() {
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
    void sqlStandsOnlyInStores() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackage("..server.platform.db..")
                .should()
                .callMethod(org.jdbi.v3.core.Handle.class, "createQuery", String.class)
                .orShould()
                .callMethod(org.jdbi.v3.core.Handle.class, "createUpdate", String.class)
                .orShould()
                .callMethod(org.jdbi.v3.core.Handle.class, "execute", String.class, Object[].class));
    }

    @Test
    void whatAnswersAGetAnswersAHeadToo() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..server.platform.http..",
                        "..server.count.box..",
                        "..server.count.witness..") // are only posted to
                .should()
                .callMethod(ServerResponse.class, "send", byte[].class)
                .orShould()
                .callMethod(ServerResponse.class, "send", Object.class)
                .because("Answers.send leaves the bytes of a HEAD away"));
    }

    @Test
    void theRecordsLengthIsToldByWhatMayBeTold() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("..server.site..")
                .and()
                .doNotHaveFullyQualifiedName(Packet.class.getName()) // compares it, with its checkpoint beside
                .and()
                .haveSimpleNameNotStartingWith("JterecordGenerated") // beside the checkpoint too
                .and()
                .haveSimpleNameNotStartingWith("JtecountGenerated") // marks what a number is of: a recount needs it
                .should()
                .callMethod(BoxCounts.class, "size")
                .because("the length less the numbers shown tells one that is not; Counted.shownSize knows"));
    }

    @Test
    void httpStandsOnlyInHandlersAndItsWall() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Handler")
                .and()
                .doNotHaveSimpleName("Routes")
                .and()
                .doNotHaveSimpleName("Route") // one of them
                .and()
                .doNotHaveSimpleName("Instance")
                .and()
                .resideOutsideOfPackage("..server.platform.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon.."));
    }
}
