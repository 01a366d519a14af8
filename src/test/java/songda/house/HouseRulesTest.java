package songda.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import songda.check.Check;
import songda.check.Finding;
import songda.check.Rules;
import songda.site.TestSites;

/** The routes and mappings of this repository keep every rule of {@code songda check}, warnings too; that each rule finds its fault is for CheckTest. */
class HouseRulesTest {

    @TestFactory
    Stream<DynamicTest> the_routes_and_mappings_of_this_repository_keep() {
        return kept(Path.of("routes"), Path.of("mappings"));
    }

    @TestFactory
    Stream<DynamicContainer> the_sites_of_the_tests_keep_each_laid_over_them() {
        return TestSites.all().entrySet().stream()
                .map(site -> dynamicContainer(
                        site.getKey(),
                        kept(site.getValue().resolve("routes"), site.getValue().resolve("mappings"))));
    }

    private static Stream<DynamicTest> kept(Path routes, Path mappings) {
        List<Finding> found = Check.of(routes, mappings);
        return Rules.all().stream()
                .map(rule -> dynamicTest(rule.id() + " " + rule.say().en(), () -> assertThat(found)
                        .filteredOn(f -> f.rule().equals(rule))
                        .extracting(f -> f.line("en"))
                        .isEmpty()));
    }
}
