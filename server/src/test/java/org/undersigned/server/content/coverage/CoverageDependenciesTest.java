package org.undersigned.server.content.coverage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The dependencies that the package `coverage` may have.
final class CoverageDependenciesTest {
    @Test
    void reportedFiguresKnowTheCampaignAndNothingElse() {
        var server = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.undersigned.server");

        classes()
                .that()
                .resideInAPackage("..server.content.coverage..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "..server.content.coverage..",
                        "..server.content.campaign..",
                        "..server.content.document..")
                .because("a reported number must never meet a counted one, nor a person")
                .allowEmptyShould(false)
                .check(server);
    }
}
