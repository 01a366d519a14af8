package songda.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.embedded.TestParts;

/** A rehearsal without a script, on a database of its own: a test says what happens and lets time pass. */
public final class Stage implements AutoCloseable {

    private final Rehearsal.Ground ground;
    private final Rehearsal rehearsal;

    public Stage(Path routes, Path mappings) {
        ground = Rehearsal.ground(context -> {
            new TestParts().initialize(context);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "stage",
                            Map.of(
                                    "spring.datasource.url",
                                    TestParts.freshUrl(),
                                    "spring.datasource.hikari.connection-init-sql",
                                    "set synchronous_commit = off",
                                    "songda.mappings",
                                    mappings.toString())));
        });
        rehearsal = Rehearsal.of(ground, routes);
    }

    public ApplicationContext hub() {
        return ground.context();
    }

    public JdbcClient db() {
        return rehearsal.db;
    }

    /** Time stands still there; what was before stays. */
    public void set(Instant at) {
        rehearsal.clock.set(at, 0);
    }

    /** What falls due by then fires, each at its own instant. */
    public void until(Instant then) {
        rehearsal.until(then);
    }

    /** Somebody reports a fact, now. @return what they are answered */
    public JsonNode said(String system, JsonNode fact) {
        JsonNode answer = rehearsal.record(fact, system);
        rehearsal.fireAll();
        return answer;
    }

    @Override
    public void close() {
        rehearsal.close();
        ground.close();
    }
}
