package songda.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.env.MapPropertySource;
import songda.embedded.TestParts;

/** Every {@code *.test.yaml} beside a step or a ladder, on a real PostgreSQL. */
class TimelinesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final List<Walk.Result> RESULTS = new ArrayList<>();
    private static Rehearsal.Ground ground;
    private static Rehearsal rehearsal;

    @BeforeAll
    static void open() {
        ground = Rehearsal.ground(context -> {
            new TestParts().initialize(context);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "fresh",
                            Map.of(
                                    "spring.datasource.url",
                                    TestParts.freshUrl(),
                                    "spring.datasource.hikari.connection-init-sql",
                                    "set synchronous_commit = off")));
        });
        rehearsal = Rehearsal.of(ground, ROUTES);
    }

    @TestFactory
    Stream<DynamicTest> every_timeline_goes_as_it_says() {
        return TimelineFiles.read(ROUTES).stream()
                .map(timeline -> dynamicTest(timeline.title(), () -> {
                    Walk.Result result = Walk.play(rehearsal, timeline);
                    RESULTS.add(result);
                    assertThat(result.mismatch().orElse("")).isEmpty();
                }));
    }

    @AfterAll
    static void keepTheTable() throws IOException {
        rehearsal.close();
        ground.close();
        String table = new RuleTable(ROUTES, RESULTS).text();
        System.out.println(table);
        Files.writeString(Path.of("target", "timelines.txt"), table);
    }
}
