package songda.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import songda.calendar.Almanac;
import songda.clock.HubClock;
import songda.deadline.DueDeadlines;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.door.DoorsAnnounced;
import songda.embedded.EmbeddedParts;
import songda.fact.FactCatalogue;
import songda.fact.FactIntake;
import songda.fact.Steps;
import songda.route.StepsAlone;
import songda.store.Sql;

/**
 * The hub without its doors, on a database of its own whose clock stands still until it is told: real steps, real ladders, the real
 * engine. What is owed at doors is planned and never sent.
 */
public final class Rehearsal implements AutoCloseable {

    private static final int BATCH = 500;
    private static final String NEXT = Sql.file("timeline-next");
    private final AnnotationConfigApplicationContext stage;
    final JdbcClient db;
    final HubClock clock;
    final FactCatalogue catalogue;
    final Directory directory;
    private final DueDeadlines due;
    private final FactIntake intake;
    private final TransactionTemplate transaction;
    private final Ladders ladders;
    private final Almanac almanac;
    private final StepsAlone steps;
    private final Steps waiting;
    private final DoorsAnnounced doors;

    /** Where rehearsals take place: a database. */
    public record Ground(ConfigurableApplicationContext context, Runnable afterwards) implements AutoCloseable {

        @Override
        public void close() {
            context.close();
            afterwards.run();
        }
    }

    private Rehearsal(AnnotationConfigApplicationContext stage) {
        this.stage = stage;
        this.db = stage.getBean(JdbcClient.class);
        this.clock = stage.getBean(HubClock.class);
        this.catalogue = stage.getBean(FactCatalogue.class);
        this.directory = stage.getBean(Directory.class);
        this.due = stage.getBean(DueDeadlines.class);
        this.intake = stage.getBean(FactIntake.class);
        this.transaction = stage.getBean(TransactionTemplate.class);
        this.ladders = stage.getBean(Ladders.class);
        this.almanac = stage.getBean(Almanac.class);
        this.steps = stage.getBean(StepsAlone.class);
        this.waiting = stage.getBean(Steps.class);
        reloadLadders();
        this.doors = stage.getBean(DoorsAnnounced.class);
    }

    /**
     * The database and what does not depend on routes.
     *
     * @param parts fills in the settings of a database that nobody else uses
     * @throws IllegalStateException when somebody does: it is wiped again and again
     */
    public static Ground ground(ApplicationContextInitializer<ConfigurableApplicationContext> parts) {
        ConfigurableApplicationContext ground = new SpringApplicationBuilder(TimelineConfiguration.Ground.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .initializers(parts)
                .run();
        if (ground.getBean(JdbcClient.class)
                        .sql("select (select count(*) from orders) + (select count(*) from fact)")
                        .query(Long.class)
                        .single()
                > 0) {
            ground.close();
            throw new IllegalStateException("a rehearsal needs a database of its own; this one holds orders");
        }
        return new Ground(ground, () -> {});
    }

    /** As below, with the mappings of the working folder. */
    public static Ground ground(Path folder) {
        return ground(folder, Path.of("mappings"));
    }

    /**
     * The same on a PostgreSQL of its own in a folder of its own, both gone with this process; nothing is said but warnings.
     *
     * @param mappings whose guards, calendar and directory the steps use
     */
    public static Ground ground(Path folder, Path mappings) {
        EmbeddedParts parts = new EmbeddedParts();
        Ground ground = ground(context -> {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "rehearsal",
                            Map.of(
                                    "songda.data", folder.toString(),
                                    "songda.mappings", mappings.toString(),
                                    // Never the hub's own, whatever the environment says.
                                    "spring.datasource.url", "",
                                    "songda.embedded.postgres-port", "0",
                                    "songda.kafka.brokers", "none",
                                    "songda.keys.file",
                                            folder.resolve("keys.json").toString(),
                                    "spring.datasource.hikari.connection-init-sql", "set synchronous_commit = off")));
            parts.initialize(context);
        });
        return new Ground(ground.context(), parts::close);
    }

    /** @throws IllegalArgumentException what is wrong with these routes, with file and line */
    public static Rehearsal of(Ground ground, Path routes) {
        AnnotationConfigApplicationContext stage = new AnnotationConfigApplicationContext();
        stage.setParent(ground.context());
        stage.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("rehearsal", Map.of("songda.routes", routes.toString())));
        stage.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        stage.register(TimelineConfiguration.Stage.class);
        stage.refresh();
        return new Rehearsal(stage);
    }

    /** Names of the hours of a day. */
    Set<String> hours() {
        return almanac.now().hours();
    }

    /** Reads the ladders again. */
    void reloadLadders() {
        ladders.reload(catalogue, almanac.now(), waiting::heard);
    }

    /** Reads one step again. */
    void reloadStep(String id) {
        steps.reload(id);
    }

    /** Reads what doors announce again. */
    void reloadDoors() {
        doors.reload();
    }

    /** Nothing of what was played stays. */
    void clear() {
        db.sql(Sql.file("timeline-clear")).update();
    }

    /** Lets time pass: each deadline fires at its own instant. */
    void until(Instant then) {
        Instant now = clock.instant();
        for (Optional<Instant> next = next(then); next.isPresent(); next = next(then)) {
            now = next.get().isAfter(now) ? next.get() : now;
            clock.set(now, 0);
            if (fire() == 0) {
                throw new IllegalStateException("what fell due at " + Moments.text(next.get()) + " does not fire");
            }
        }
        clock.set(then, 0);
    }

    /** The engine stood still: what fell due meanwhile is found late. */
    void sleep(Duration length) {
        clock.set(clock.instant().plus(length), 0);
        fireAll();
    }

    void fireAll() {
        while (fire() > 0) {
            // each firing may have opened what is due at once
        }
    }

    private Optional<Instant> next(Instant until) {
        return db.sql(NEXT).param(java.sql.Timestamp.from(until)).query((row, n) -> row.getTimestamp(1)).list().stream()
                .filter(t -> t != null)
                .map(java.sql.Timestamp::toInstant)
                .findFirst();
    }

    private int fire() {
        return due.fire(BATCH, facts -> record(facts, "kit"));
    }

    /** @return what {@link FactIntake#record} answers */
    JsonNode record(JsonNode facts, String system) {
        FactIntake.Origin origin =
                new FactIntake.Origin(Optional.empty(), system, "timeline", Optional.empty(), "timeline");
        return transaction.execute(status -> intake.record(facts, origin));
    }

    @Override
    public void close() {
        stage.close();
    }
}
