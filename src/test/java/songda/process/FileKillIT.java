package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import songda.Daytime;
import songda.clock.HubClock;

/**
 * A file of receipts that the hub reads while it is killed and started again: every row is recorded once. 5,000 rows and one kill, or as
 * {@code -Dsongda.files.rows=200000 -Dsongda.files.kills=2} says; time and memory are printed.
 */
@Tag("chaos")
class FileKillIT {

    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration READ = Duration.ofMinutes(20);
    private static final int ROWS = Integer.getInteger("songda.files.rows", 5_000);
    private static final int KILLS = Integer.getInteger("songda.files.kills", 1);
    /** From so many on it is a measurement. */
    private static final int MEASURED = 200_000;
    /** Of a hundred rows one is about an item that nobody knows, and one stands twice. */
    private static final int UNKNOWN = ROWS / 100;

    private static final int TWICE = ROWS / 100;
    private static final String NAME = "FD85_33010900_20261124_1200";

    @Test
    void every_row_of_a_file_is_recorded_once_though_the_hub_is_killed_while_it_reads(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (HubProcess hub = HubProcess.in(folder.resolve("data"));
                StandInsProcess partners = StandInsProcess.of(hub, folder.resolve("journal"))) {
            hub.with(Map.of("SONGDA_DOOR_PAUSED", "true", "SONGDA_RECEIPT85_FILES", "true"))
                    .with(Map.of("SONGDA_RECEIPT85_FILES_PORT", Integer.toString(partners.port("files"))))
                    .with(Map.of(
                            "SONGDA_GOV_FILES",
                            "true",
                            "SONGDA_GOV_FILES_DELAY",
                            "200",
                            "SONGDA_GOV_FILES_STILL",
                            "PT0.5S"))
                    .with(Map.of("SONGDA_GOV_FILES_PORT", Integer.toString(partners.port("files"))))
                    .with(Map.of("SONGDA_RECEIPT85_FILES_DELAY", "200", "SONGDA_RECEIPT85_FILES_OFFICES", "33010900"));
            if (ROWS >= MEASURED) {
                hub.java("-Xmx512m");
            }
            hub.start().awaitReady(START);
            Tables tables = new Tables(hub);
            orders(partners, tables);
            Path in = folder.resolve("journal/files/receipt85/in");
            write(in.resolve(NAME + ".part"));
            Files.move(in.resolve(NAME + ".part"), in.resolve(NAME + ".txt"));
            Files.createFile(in.resolve(NAME + ".ok"));
            read(hub, tables);
            assertThat(tables.rows("select state, lines, taken, seen, refused, set_aside from dropped_file"))
                    .containsExactly("READ %d %d %d 0 %d".formatted(ROWS, ROWS - UNKNOWN - TWICE, TWICE, UNKNOWN));
            assertThat(tables.count("select count(*) from fact where name = 'receipt.returned'"))
                    .isEqualTo(ROWS - UNKNOWN - TWICE);
            assertThat(tables.count("select count(*) from dead_letter")).isEqualTo(UNKNOWN);
            assertThat(tables.count("select count(*) from orders where receipt_stage = 'RETURNED'"))
                    .isEqualTo(ROWS - UNKNOWN - TWICE);
            assertThat(tables.rows(
                            "select subject, door from effect group by subject, door, addressee having count(*) > 1"))
                    .isEmpty();
            assertThat(tables.count("select count(*) from fact where name = 'receipts.pulled'"))
                    .isOne();
            await().atMost(START)
                    .until(() -> tables.count("select count(*) from dropped_file where told_at is not null") == 1);
            gov(partners, tables);
            assertThat(names(folder.resolve("journal/files/receipt85/done"))).hasSize(1);
            assertThat(names(folder.resolve("journal/files/receipt85/reply"))).isEmpty();
        }
    }

    /** What the stand-in drops is taken, and its journal has the replies. */
    private static void gov(StandInsProcess partners, Tables tables) throws Exception {
        List<String> bad =
                List.of("symlink", "laughs", "charset", "slip", "nested", "bomb", "cut-off", "truncated", "empty");
        partners.control("/control/gov/drop", "{\"name\":\"good.zip\",\"count\":3,\"prefix\":\"FILE\"}");
        for (String one : bad) {
            partners.control(
                    "/control/gov/drop",
                    "{\"name\":\"%s.zip\",\"count\":1,\"prefix\":\"BAD\",\"bad\":\"%s\"}".formatted(one, one));
        }
        await().atMost(START).until(() -> replies(partners).size() == bad.size() + 1);
        assertThat(replies(partners).get("good.reply.xml"))
                .containsOnlyOnce("taken=\"3\"")
                .contains("FILE00000003");
        Map<String, String> replies = replies(partners);
        bad.forEach(one -> assertThat(replies.get(one + ".reply.xml"))
                .as(one)
                .contains("REFUSED")
                .doesNotContain("TAKEN"));
        assertThat(tables.texts("select order_no from orders where order_no like 'FILE%'"))
                .hasSize(3);
        assertThat(tables.texts("select order_no from orders where order_no like 'BAD%'"))
                .isEmpty();
    }

    private static Map<String, String> replies(StandInsProcess partners) throws IOException {
        return partners.journal("gov", "reply").stream()
                .collect(Collectors.toMap(
                        line -> line.path("key").asText(),
                        line -> line.path("body").path("text").asText()));
    }

    /** Kills it when so much of the file is recorded, restarts aside. */
    private static void read(HubProcess hub, Tables tables) throws Exception {
        Duration reading = Duration.ZERO;
        long resident = 0;
        for (int kill = 1; kill <= KILLS + 1; kill++) {
            int until = kill > KILLS ? ROWS : ROWS / (KILLS + 2) * kill;
            long from = System.nanoTime();
            while (recorded(tables) < until || kill > KILLS && !ended(tables)) {
                resident = Math.max(resident, hub.residentKilobytes());
                assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(READ);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            reading = reading.plusNanos(System.nanoTime() - from);
            if (kill <= KILLS) {
                hub.kill9();
                int left = tables.whenQuiet("select coalesce(sum(lines), 0) from dropped_piece")
                        .get(0)
                        .intValue();
                System.out.println("killed with " + left + " lines to go");
                assertThat(left).as("lines that were left at the kill").isPositive();
                hub.start().awaitReady(START);
            }
        }
        System.out.printf(
                "%,d rows in %.1f s (%.0f/s), starts aside, killed %d times; at most %d MB resident (VmHWM of the last start %d MB)%n",
                ROWS,
                reading.toMillis() / 1e3,
                ROWS * 1e3 / reading.toMillis(),
                KILLS,
                resident / 1024,
                peak(hub.pid()) / 1024);
        if (ROWS >= MEASURED) {
            assertThat(reading).isLessThan(Duration.ofMinutes(5));
        }
    }

    private static int recorded(Tables tables) throws SQLException {
        return tables.count("select coalesce(sum(taken + seen + set_aside), 0) from dropped_file");
    }

    private static boolean ended(Tables tables) throws SQLException {
        return tables.count("select count(*) from dropped_file where state = 'READ'") == 1;
    }

    private static long peak(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(it -> it.startsWith("VmHWM:"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(Path::toString).toList();
        }
    }

    private static String mail(int n) {
        return "1%012d".formatted(n);
    }

    /** Items that were delivered and wait for their receipts. */
    private static void orders(StandInsProcess partners, Tables tables) throws Exception {
        partners.control(
                "/control/gov/push",
                "{\"count\": %d, \"prefix\": \"MADE\", \"connections\": 16, \"retries\": 1000}".formatted(ROWS));
        tables.update(
                "update orders set waybill_no = '1' || lpad(right(order_no, 8)::bigint::text, 12, '0'), stage = 'DELIVERED'");
        tables.update("analyze orders");
        assertThat(tables.count("select count(*) from orders where waybill_no is not null"))
                .isEqualTo(ROWS);
    }

    private static void write(Path file) throws Exception {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        String at = HubClock.local(Daytime.today()).substring(0, 19).replace('T', ' ');
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            DigestOutputStream body = new DigestOutputStream(out, md5);
            for (int n = 1; n <= ROWS; n++) {
                boolean unknown = n % 100 == 50;
                int row = n % 100 == 75 ? n - 1 : n;
                String line = "head|" + (unknown ? "9" + mail(n).substring(1) : mail(row)) + "|6|"
                        + mail(row).replaceFirst("1", "2") + "|33010900|20261123|153000|M|䶮小㙍亅|同事|3301**|20||IMG|S01|"
                        + at
                        + "|K" + row + "|1|end\r\n";
                body.write(line.getBytes(Charset.forName("GB18030")));
            }
            body.flush();
            out.write(("tail|" + ROWS + "|" + HexFormat.of().formatHex(md5.digest()) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }
}
