package songda.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import songda.fact.Systems;

/** The packages are the architecture: who may know whom. */
class PackagesTest {

    private static final JavaClasses HUB = new ClassFileImporter().importPath(Path.of("target/classes/songda"));
    private static final Set<String> SYSTEMS = Systems.read(Path.of("routes")).names();
    private static final String[] BASES = {"mapping", "person", "failure", "clock"};
    private static final String CAMEL_CLASS =
            ".*(Component|Endpoint|Producer|Consumer|DataFormat|Binding|Hook|Routes|Servlet|Configuration)(\\$.*)?";

    /** Mappings mask names as everything else does. */
    @TestFactory
    Stream<DynamicTest> a_base_knows_no_other_package_of_ours_but_failures_and_secrets() {
        return Stream.of(BASES)
                .map(base -> DynamicTest.dynamicTest(base, () -> noClasses()
                        .that()
                        .resideInAPackage("songda." + base + "..")
                        .should()
                        .dependOnClassesThat(resideInAPackage("songda..")
                                .and(resideOutsideOfPackage("songda." + base + ".."))
                                .and(resideOutsideOfPackage("songda.failure.."))
                                .and(resideOutsideOfPackage("songda.secret.."))
                                .and(not(name("songda.person.Mask"))))
                        .allowEmptyShould(true)
                        .check(HUB)));
    }

    @TestFactory
    Stream<DynamicTest> no_system_knows_another() {
        return SYSTEMS.stream()
                .sorted()
                .map(system -> DynamicTest.dynamicTest(system, () -> noClasses()
                        .that()
                        .resideInAPackage("songda." + system + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others(system))
                        .allowEmptyShould(true)
                        .check(HUB)));
    }

    @Test
    void camel_is_touched_only_in_thin_classes() {
        noClasses()
                .that()
                .haveNameNotMatching(CAMEL_CLASS)
                // Their subject is Camel itself: routes as they run, and their counters.
                .and()
                .resideOutsideOfPackages("songda.route..", "songda.watch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .allowEmptyShould(true)
                .check(HUB);
    }

    @Test
    void packages_know_each_other_one_way_only() {
        slices().matching("songda.(*)..").should().beFreeOfCycles().check(HUB);
    }

    @Test
    void the_hub_s_packages_are_named_by_system_or_capability() {
        noClasses()
                .should()
                .resideInAnyPackage("..service..", "..impl..", "..util..", "..model..", "..config..", "..processor..")
                .check(HUB);
    }

    private static String[] others(String system) {
        return SYSTEMS.stream()
                .filter(s -> !s.equals(system))
                .map(s -> "songda." + s + "..")
                .toArray(String[]::new);
    }
}
