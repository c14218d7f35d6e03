package dev.onda;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The export's arrows; those of the library are tested there. */
class HouseTest {

    private static final String ONNX = "dev.onda.onnx";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.onda");

    @Test
    void theExportKnowsModelsAndNetworksOnly() {
        assertThat(HOUSE.containPackage(ONNX)).isTrue();
        noClasses()
                .that()
                .resideInAPackage(ONNX)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.onda..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                ONNX,
                                "dev.onda.export",
                                "dev.onda.model",
                                "dev.onda.nn",
                                "dev.onda.nn.kernel",
                                "dev.onda.file"))))
                .check(HOUSE);
    }

    @Test
    void onlyCommandsKnowTheExport() {
        assertThat(HOUSE.containPackage("dev.onda.cli")).isTrue();
        noClasses()
                .that()
                .resideOutsideOfPackages(ONNX, "dev.onda.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ONNX)
                .check(HOUSE);
    }

    @Test
    void onlyTheExportKnowsProtobuf() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ONNX)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "ai.onnx..")
                .check(HOUSE);
    }
}
