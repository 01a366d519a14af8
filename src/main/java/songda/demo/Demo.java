package songda.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.fact.FactCatalogue;
import songda.watch.Operator;
import songda.watch.Ports;

/** Plays the stand-ins' script against this hub, prints what happens and how it ended, then leaves the hub running. */
@Component
@Profile("demo")
final class Demo {

    /** Two business hours in a wall second. */
    private static final double RATE = 7_200;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Milliseconds in which no partner was called. */
    private static final long CALM = 3_000;

    private static final long LONG_CALM = 15_000;
    private static final String OPEN =
            "select count(*) from effect where door <> 'receipt85-fetch-receipts' and state in ('PENDING', 'RELAYED', 'SENDING', 'RETRY')";

    private final JdbcTemplate db;
    private final HubClock clock;
    private final FactCatalogue catalogue;
    private final Operator operator;
    private final Ports ports;
    private final String brokers;
    private final Path data;
    private final StandIns standIns;
    private final boolean exit;

    Demo(
            JdbcTemplate db,
            HubClock clock,
            FactCatalogue catalogue,
            Operator operator,
            Ports ports,
            @Value("${songda.kafka.brokers}") String brokers,
            @Value("${songda.data}") Path data,
            StandIns standIns,
            @Value("${songda.demo.exit:false}") boolean exit) {
        this.db = db;
        this.clock = clock;
        this.catalogue = catalogue;
        this.operator = operator;
        this.ports = ports;
        this.brokers = brokers;
        this.data = data;
        this.standIns = standIns;
        this.exit = exit;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        // Before the hub says that it is ready, which the stand-ins wait for.
        clock.set(Instant.now(), RATE);
        new Thread(() -> play(event.getApplicationContext()), "demo").start();
    }

    private void play(ConfigurableApplicationContext hub) {
        say(
                "演示：业务时钟每秒走两小时；签名、超时、重试仍按真实时间 / Demo: business time runs two hours a second; signatures, time-outs and back-off stay on wall time");
        FactLines lines = new FactLines(brokers, catalogue);
        Thread printer = new Thread(lines, "demo-facts");
        printer.start();
        boolean finished = awaitEnd();
        clock.set(clock.instant(), 1);
        lines.end();
        boolean as = close(finished, table());
        if (exit) {
            System.exit(SpringApplication.exit(hub, () -> as ? 0 : 1));
        }
        addresses();
    }

    private boolean awaitEnd() {
        Instant latest = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(latest) && standIns.alive()) {
            JsonNode scenario = standIns.scenario();
            long quiet = scenario.path("done").asBoolean()
                    ? scenario.path("quietMillis").asLong()
                    : 0;
            // What was fetched last may not be recorded yet though nobody has been called for a while.
            if (quiet > CALM
                    && db.queryForObject(OPEN, Long.class) == 0
                    && (quiet > LONG_CALM || table().equals(expected()))) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        return false;
    }

    private String table() {
        return new ClosingTable(db, standIns.counts()).text();
    }

    private static boolean close(boolean finished, String table) {
        boolean as = finished && table.equals(expected());
        say("");
        say(table);
        say(
                as
                        ? "结果与 src/main/resources/demo/closing-table.txt 一致 / the result equals src/main/resources/demo/closing-table.txt"
                        : "结果与 src/main/resources/demo/closing-table.txt 不一致 / THE RESULT DIFFERS FROM src/main/resources/demo/closing-table.txt");
        return as;
    }

    private static String expected() {
        try (InputStream in = Demo.class.getResourceAsStream("/demo/closing-table.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addresses() {
        say("");
        say("接口 API        http://127.0.0.1:" + ports.http() + "/openapi.yaml");
        say("Hawtio          http://127.0.0.1:" + ports.admin() + "/hawtio   用户 user: " + operator.user()
                + "   密码在 password in: "
                + operator.passwordFile().map(Path::toString).orElse("SONGDA_ADMIN_PASSWORD"));
        say("指标 metrics    http://127.0.0.1:" + ports.admin() + "/actuator/prometheus");
        say("数据 data       " + data + "   伙伴日志 journals: " + data.resolve("journal"));
        say("按 Ctrl-C 结束 / Ctrl-C ends it");
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
