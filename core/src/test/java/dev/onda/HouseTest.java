package dev.onda;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.api.Test;

/** Which package may know which: the arrows of the house. */
class HouseTest {

    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("file", List.of()),
            Map.entry("nn.kernel", List.of()),
            Map.entry("augment", List.of("nn.kernel")),
            Map.entry("audio", List.of("file")),
            Map.entry("nn", List.of("nn.kernel")),
            Map.entry("corpus", List.of("audio", "file")),
            Map.entry("export", List.of("model", "nn", "nn.kernel", "file")),
            Map.entry("model", List.of("nn", "nn.kernel", "file")),
            Map.entry("evaluate", List.of("recognize", "corpus", "model", "augment", "audio", "nn", "nn.kernel")),
            Map.entry("recognize", List.of("model", "audio", "nn", "nn.kernel")),
            Map.entry("train", List.of("evaluate", "corpus", "model", "augment", "nn", "nn.kernel", "file")));

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.onda");

    @Test
    void everyPackageIsHereAndHasItsArrows() {
        assertThat(house.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        ARROWS.keySet().stream().map(p -> "dev.onda." + p).toList());
    }

    @Test
    void packagesKnowOnlyThoseTheyMay() {
        assertThat(house).isNotEmpty();
        ARROWS.forEach((name, allowed) -> {
            DescribedPredicate<JavaClass> forbidden =
                    resideInAPackage("dev.onda..").and(DescribedPredicate.not(resideInAPackage("dev.onda." + name)));
            for (String other : allowed) {
                forbidden = forbidden.and(DescribedPredicate.not(resideInAPackage("dev.onda." + other)));
            }
            noClasses()
                    .that()
                    .resideInAPackage("dev.onda." + name)
                    .should()
                    .dependOnClassesThat(forbidden.as("other packages of Onda than %s", allowed))
                    .check(house);
        });
    }

    @Test
    void noPackagesKnowEachOther() {
        slices().matching("dev.onda.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void theLibraryNeedsTheJdkAndJacksonOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.not(resideInAPackage("dev.onda..")
                        .or(resideInAPackage("java.."))
                        .or(resideInAPackage("javax.sound.."))
                        .or(resideInAPackage("jdk.incubator.vector.."))
                        .or(resideInAPackage("org.jspecify.annotations.."))
                        .or(resideInAPackage("tools.jackson.."))
                        .or(resideInAPackage("com.fasterxml.jackson.annotation.."))
                        .or(DescribedPredicate.describe(
                                "arrays and primitives", c -> c.getPackageName().isEmpty()))))
                .check(house);
    }

    /** Once the compiler has met two lengths, it makes objects of vectors that come out of loops: a training takes six times as long. */
    @Test
    void vectorsAreAllOfOneLength() {
        for (String length : List.of("64", "128", "256", "512", "MAX")) {
            for (Class<?> vector : List.of(FloatVector.class, IntVector.class)) {
                noClasses().should().accessField(vector, "SPECIES_" + length).check(house);
            }
        }
    }
}
