package songda.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import songda.HubTest;
import songda.clock.HubClock;

/** Receipts that come in files of the 85 system. */
class ReceiptFilesTest extends HubTest {

    private static final DateTimeFormatter PERIOD =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmm").withZone(HubClock.ZONE);
    private static final AtomicInteger NUMBERS = new AtomicInteger(1);

    /** Of an office whose files are not all that the 85 system has to say. */
    private static String newFile() {
        return "FD85_9%05d_20261124_1200".formatted(NUMBERS.getAndIncrement());
    }

    private static String newSerial() {
        return "F85%06d".formatted(NUMBERS.getAndIncrement());
    }

    private String line(String mail, String serial, Object... changes) {
        Map<Integer, String> fields = new HashMap<>();
        fields.put(15, HubClock.local(clock.instant()).substring(0, 19).replace('T', ' '));
        for (int i = 0; i < changes.length; i += 2) {
            fields.put((Integer) changes[i], (String) changes[i + 1]);
        }
        return Made.line(mail, serial, fields);
    }

    private static void drop(String file, byte[] bytes) {
        PARTNERS.folders.drop("receipt85", file + ".txt", bytes);
        PARTNERS.folders.drop("receipt85", file + ".ok", new byte[0]);
    }

    private static List<String> names(String folder, String file) {
        return PARTNERS.folders.names("receipt85", folder, file);
    }

    private static void done(String file) {
        awaiting(() -> assertThat(names("done", file)).hasSize(1));
    }

    private static String error(String file) {
        awaiting(() ->
                assertThat(PARTNERS.folders.reply("receipt85", file + ".err")).isNotEmpty());
        return PARTNERS.folders.reply("receipt85", file + ".err");
    }

    private List<String> told(String file) {
        return db.sql(
                        "select concat_ws(' ', state, lines, taken, seen, refused, set_aside) from dropped_file where name = ? order by id")
                .param(file + ".txt")
                .query(String.class)
                .list();
    }

    private List<String> said(String serial) {
        return db.sql(
                        "select name || ' ' || data::text from fact where source = 'receipt85' and source_id like ? order by id")
                .param(serial + "/%")
                .query(String.class)
                .list();
    }

    @Test
    void lines_give_the_facts_of_the_rows_and_what_stands_twice_is_recorded_once() {
        String one = waybill(walked());
        String other = waybill(walked());
        String good = newSerial();
        String posted = newSerial();
        String retracted = newSerial();
        String own = newSerial();
        String unknown = newSerial();
        String file = newFile();
        drop(
                file,
                Made.file(
                        line(one, good, 7, "M", 8, "䶮小㙍亅乗", 9, "同事", 10, "3301**"),
                        line(one, good, 7, "M", 8, "䶮小㙍亅乗", 9, "同事", 10, "3301**"),
                        line(other, posted, 11, "10"),
                        line(other, retracted, 17, "0"),
                        line(other, own, 3, other),
                        line("1999999999999", unknown),
                        line(other, newSerial(), 11, "00")));
        done(file);
        assertThat(told(file)).containsExactly("READ 7 4 1 0 1");
        assertThat(said(good))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("receipt.returned")
                .doesNotContain("䶮");
        assertThat(said(posted)).hasSize(1).first().asString().startsWith("receipt.posted");
        assertThat(said(retracted)).hasSize(1).first().asString().startsWith("receipt.retracted");
        assertThat(said(own))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("receipt.wrong")
                .contains("09");
        assertThat(said(unknown)).isEmpty();
        assertThat(db.sql(
                                "select kind || ' ' || reason from dead_letter where door = 'receipt85-fetch-files' and correlation = ?")
                        .param("file-" + fileId(file) + "-1")
                        .query(String.class)
                        .list())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("FACT no order known");
        assertThat(names("reply", file)).as("nothing to say").isEmpty();
    }

    private long fileId(String file) {
        return db.sql("select id from dropped_file where name = ? order by id limit 1")
                .param(file + ".txt")
                .query(Long.class)
                .single();
    }

    @Test
    void a_line_that_cannot_be_read_is_kept_and_told_and_its_neighbours_are_recorded() {
        String mail = waybill(walked());
        List<String> serials =
                Stream.generate(ReceiptFilesTest::newSerial).limit(20).toList();
        String[] lines = serials.stream().map(s -> line(mail, s)).toArray(String[]::new);
        lines[4] = "head|" + mail + "|6\r\n";
        lines[11] = line(mail, serials.get(11), 11, "77");
        lines[12] = line(mail, serials.get(12), 15, "yesterday");
        byte[] body = Made.gbk(String.join("", lines));
        // A byte that begins no character, in the signer of line 18.
        int signer = new String(body, StandardCharsets.ISO_8859_1).lastIndexOf(serials.get(17)) - 60;
        while (body[signer] >= 0) {
            signer++;
        }
        body[signer] = (byte) 0xFF;
        String file = newFile();
        drop(file, Made.file(20, body));
        assertThat(error(file).lines())
                .hasSize(4)
                .anySatisfy(l -> assertThat(l).startsWith("err|5|LINE|").contains("head、17 项、end"))
                .anySatisfy(l -> assertThat(l).startsWith("err|12|LINE|").contains("codes.csv"))
                .anySatisfy(l -> assertThat(l).startsWith("err|13|LINE|").contains("op_time"))
                .anySatisfy(l -> assertThat(l).startsWith("err|18|LINE|").contains("GBK"));
        done(file);
        assertThat(told(file)).containsExactly("READ 20 16 0 0 4");
        assertThat(serials.stream().mapToLong(s -> said(s).size()).sum()).isEqualTo(16);
        assertThat(count("select count(*) from dead_letter where correlation like ?", "file-" + fileId(file) + "-%"))
                .isEqualTo(4);
    }

    @TestFactory
    Stream<DynamicTest> a_file_that_is_wrong_is_told_and_taken_when_it_is_sent_again() {
        return Stream.of("DIGEST", "COUNT", "TRAILER", "CHARSET", "EMPTY")
                .map(fault -> dynamicTest(fault, () -> {
                    String serial = newSerial();
                    String line = line(waybill(walked()), serial, 8, "某地某市某区某街道某某路");
                    byte[] body = Made.gbk(line);
                    byte[] wrong =
                            switch (fault) {
                                case "DIGEST" -> Made.file(1, body, "0".repeat(32));
                                case "COUNT" -> Made.file(2, body);
                                case "TRAILER" -> Arrays.copyOf(Made.file(1, body), body.length + 9);
                                case "CHARSET" -> Made.file(1, line.getBytes(StandardCharsets.UTF_8));
                                default -> new byte[0];
                            };
                    String file = newFile();
                    drop(file, wrong);
                    assertThat(error(file)).startsWith("err|0|" + fault + "|");
                    awaiting(() -> assertThat(names("error", file)).hasSize(1));
                    assertThat(Files.readAllBytes(PARTNERS.folders
                                    .folder("receipt85", "error")
                                    .resolve(names("error", file).get(0))))
                            .isEqualTo(wrong);
                    assertThat(said(serial)).isEmpty();
                    drop(file, Made.file(1, body));
                    done(file);
                    assertThat(said(serial)).hasSize(1);
                }));
    }

    @Test
    void the_same_file_again_is_not_read_and_another_one_under_its_name_is_told() {
        String mail = waybill(walked());
        String serial = newSerial();
        String other = newSerial();
        String file = newFile();
        byte[] content = Made.file(line(mail, serial), line("1999999999999", newSerial()));
        drop(file, content);
        done(file);
        drop(file, content);
        awaiting(() -> assertThat(names("done", file)).hasSize(2));
        assertThat(count("select count(*) from dead_letter where correlation like ?", "file-" + fileId(file) + "-%"))
                .isOne();
        drop(file, Made.file(line(mail, other)));
        assertThat(error(file)).startsWith("err|0|NAME_TAKEN|");
        awaiting(() -> assertThat(names("error", file)).hasSize(1));
        assertThat(said(other)).isEmpty();
        assertThat(said(serial)).hasSize(1);
    }

    @Test
    void without_its_marker_a_file_is_left_alone_and_a_strange_name_is_told() throws IOException {
        String serial = newSerial();
        String file = newFile();
        PARTNERS.folders.drop("receipt85", file + ".txt", Made.file(line(waybill(walked()), serial)));
        String strange = "receipts-" + newSerial();
        drop(strange, Made.file());
        assertThat(error(strange)).startsWith("err|0|NAME|");
        assertThat(names("in", file)).containsExactly(file + ".txt");
        PARTNERS.folders.drop("receipt85", file + ".ok", new byte[0]);
        done(file);
        assertThat(said(serial)).hasSize(1);
    }

    private String covered() {
        return db.sql("select covered_until::text from coverage where system = 'receipt85'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    private String period(Instant at) {
        String file = "FD85_33010900_" + PERIOD.format(at);
        drop(file, Made.file());
        done(file);
        return file;
    }

    private static String text(Instant at) {
        return java.sql.Timestamp.from(at).toString();
    }

    @Test
    void a_file_covers_its_period_as_far_as_none_is_missing_before_it() {
        db.sql("delete from coverage where system = 'receipt85'").update();
        Instant now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        period(now.minus(Duration.ofHours(20)));
        assertThat(covered()).startsWith(text(now.minus(Duration.ofHours(20))).substring(0, 16));
        period(now.minus(Duration.ofHours(16)));
        assertThat(covered()).startsWith(text(now.minus(Duration.ofHours(16))).substring(0, 16));
        period(now.minus(Duration.ofHours(8)));
        assertThat(covered())
                .as("one is missing")
                .startsWith(text(now.minus(Duration.ofHours(16))).substring(0, 16));
        period(now.minus(Duration.ofHours(12)));
        assertThat(covered())
                .as("it came")
                .startsWith(text(now.minus(Duration.ofHours(8))).substring(0, 16));
        String ahead = period(now.minus(Duration.ofHours(4)));
        assertThat(covered()).startsWith(text(now.minus(Duration.ofHours(4))).substring(0, 16));
        assertThat(count(
                        "select count(*) from fact where name = 'receipts.pulled' and source_id = ?",
                        "file-" + ahead + ".txt"))
                .isOne();
    }
}
