package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Made-up people in good orders, in orders that are refused and in events that are set aside, sought in everything that
 * the hub leaves behind. That the search can find is shown on the partners' journals, which must have them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Charset GBK = Charset.forName("GBK");
    private static final String NAME = "雀鸣枝上";
    private static final String PHONE = "17799887766";
    private static final String ID = "330109197707079922";
    private static final String ROOM = "8 幢 9099 室";
    private static final String CLERK = "窗雀鸣秋";
    private static final String CLERK_PHONE = "17799887755";
    private static final String PAPER = "雀证77001号";
    private static final String REMARK = "请交雀鸣枝之母";
    private static final List<String> ALL = List.of(NAME, PHONE, ID, ROOM, CLERK, CLERK_PHONE, PAPER, REMARK);
    private static final Needles NEEDLES = new Needles(ALL);

    private static final String ORDER =
            """
            {"orderNo": "%s", "caseNo": "330109261123000017",
             "office": {"creditCode": "11330109MB1A2B3C4H", "name": "萧山区行政服务中心", "county": "330109",
               "hall": "3301090001", "contactName": "窗雀鸣秋", "contactPhone": "17799887755", "address": "市心中路 1 号"},
             "recipient": {"name": "雀鸣枝上", "phone": "17799887766", "idNo": "330109197707079922", "county": "330110",
               "address": "杭州市余杭区文一西路 969 号 8 幢 9099 室"},
             "payer": "RECIPIENT", "receipt": "PHYSICAL", "service": "SINGLE",
             "documents": [{"type": "营业执照", "no": "雀证77001号"}],
             "remark": "请交雀鸣枝之母", "orderedAt": "2026-09-29T10:00:00+08:00"}""";

    private final int kafkaPort = HubProcess.freePort();
    private HubProcess hub;
    private StandInsProcess partners;
    private Path journal;
    private Tables tables;
    private SignedClient client;

    @BeforeAll
    void let_them_travel(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        journal = folder.resolve("journal");
        hub = HubProcess.in(folder.resolve("data"));
        partners = StandInsProcess.of(hub, journal);
        hub.with(partners.addresses()).with(Map.of("SONGDA_EMBEDDED_KAFKAPORT", Integer.toString(kafkaPort)));
        tables = new Tables(hub);
        client = new SignedClient(hub);
        hub.start().awaitReady(PATIENCE);
        goodOrder();
        refusedOrders();
        eventsSetAside();
        questions();
    }

    private void goodOrder() throws Exception {
        assertThat(order(ORDER.formatted("CANARY-1"))).isEqualTo(201);
        assertThat(order(ORDER.formatted("CANARY-1"))).as("the same again").isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> tables.count("select count(*) from fact where name = 'pickup.requested'") == 1);
        scan("203", "已收寄，收件人雀鸣枝上 17799887766", 200);
        scan("704", "雀鸣枝上本人签收，8 幢 9099 室", 200);
        await().atMost(PATIENCE)
                .until(() -> tables.count("select count(*) from effect where state <> 'ACCEPTED'") == 0);
    }

    private int order(String body) throws Exception {
        return client.send("gov", "POST", "/api/v1/orders", body.getBytes(StandardCharsets.UTF_8));
    }

    private void scan(String code, String words, int status) throws Exception {
        String waybill = tables.text("select waybill_no from orders where order_no = 'CANARY-1'");
        String body =
                """
                {"serialNo": "S%s", "waybillNo": "%s", "opCode": "%s", "opName": "雀鸣枝上", "opDesc": "%s",
                 "opTime": "2026-09-29 15:00:00", "opOrgCode": "雀鸣枝上", "opOrgName": "雀鸣枝上17799887766",
                 "opOrgCity": "雀鸣枝上"}"""
                        .formatted(code, waybill, code, words);
        assertThat(client.send("postal", "POST", "/api/postal/scans", body.getBytes(StandardCharsets.UTF_8)))
                .as("scan " + code)
                .isEqualTo(status);
    }

    private void refusedOrders() throws Exception {
        String good = ORDER.formatted("CANARY-2");
        List<String> bad = List.of(
                good.replace("\"330110\"", "\"17799887766\""),
                good.replace("\"RECIPIENT\"", "\"雀鸣枝上\""),
                good.replace("\"CANARY-2\"", "\"雀鸣枝上17799887766\""),
                good.replace("\"11330109MB1A2B3C4H\"", "\"330109197707079922\""),
                good.replace("\"17799887766\"", "\"雀鸣枝上\""),
                good.replace("\"雀鸣枝上\"", "\"雀鸣枝上\\u0000请交雀鸣枝之母\""),
                good.replace("\"雀鸣枝上\"", "\"" + "雀鸣枝上".repeat(200) + "\""),
                good.replace("\"雀鸣枝上\"", "17799887766"),
                good.replace("330109197707079922", "330109197707079923 330109197707079922"),
                good.replace("\"remark\"", "\"收件人雀鸣枝上17799887766\""),
                good.replace("\"service\"", "\"雀鸣枝上\": \"17799887766\", \"service\""),
                good.replace("2026-09-29T10:00:00+08:00", "雀鸣枝上"),
                good.replace("\"营业执照\"", "\"雀鸣枝上\", \"type\": \"17799887766\""),
                good.substring(0, good.length() - 1),
                good + "雀鸣枝上",
                "雀鸣枝上 17799887766 330109197707079922",
                "[\"雀鸣枝上\", \"17799887766\"]",
                ORDER.formatted("CANARY-1").replace("文一西路", "文二西路"));
        for (String body : bad) {
            assertThat(order(body)).as(body).isBetween(400, 499);
        }
        for (Charset charset : List.of(GBK, StandardCharsets.UTF_16)) {
            assertThat(client.send("gov", "POST", "/api/v1/orders", good.getBytes(charset)))
                    .isBetween(400, 499);
        }
    }

    private void eventsSetAside() throws Exception {
        scan("999", "雀鸣枝上 17799887766 不在 8 幢 9099 室", 202);
        scan("雀鸣枝上", "未知代码", 202);
        event("\"receipt.returned\", \"orderNo\": \"CANARY-1\"");
        event("\"no.such.fact\", \"orderNo\": \"CANARY-1\"");
        event("\"receipt.wrong\", \"orderNo\": \"NOBODY-1\"");
        event("\"雀鸣枝上\", \"orderNo\": \"CANARY-1\"");
        for (String raw : List.of("雀鸣枝上 17799887766", "{\"waybillNo\": \"雀鸣枝上", "{\"17799887766\": 1}")) {
            assertThat(client.send("postal", "POST", "/api/postal/scans", raw.getBytes(StandardCharsets.UTF_8)))
                    .as(raw)
                    .isIn(202, 400, 422);
        }
        assertThat(tables.count("select count(*) from dead_letter")).isGreaterThanOrEqualTo(3);
    }

    private void event(String fact) throws Exception {
        String body = "{\"id\": \"e" + fact.hashCode() + "\", \"at\": \"2026-09-29T16:00:00+08:00\", \"fact\": " + fact
                + ", \"data\": {\"words\": \"雀鸣枝上，电话17799887766，330109197707079922\"}}";
        assertThat(client.send("desk", "POST", "/api/v1/events", body.getBytes(StandardCharsets.UTF_8)))
                .as(body)
                .isIn(202, 400, 404, 409, 422);
    }

    private void questions() throws Exception {
        byte[] none = {};
        assertThat(client.send("gov", "GET", "/api/v1/orders/CANARY-1", none)).isEqualTo(200);
        assertThat(client.send("gov", "GET", "/api/v1/orders?status=DELIVERED&limit=10", none))
                .isEqualTo(200);
        client.send("gov", "GET", "/api/v1/orders/" + PHONE, none);
        client.send("gov", "GET", "/api/v1/orders?status=" + PHONE + "&" + PHONE + "=1", none);
        client.send("gov", "GET", "/api/v1/orders?cursor=%E9%9B%80%E9%B8%A3%E6%9E%9D%E4%B8%8A", none);
        assertThat(client.get(hub.adminUrl().resolve("/actuator/prometheus"))).isEqualTo(200);
        client.get(hub.url().resolve("/api/v1/orders/" + PHONE));
        client.get(hub.adminUrl().resolve("/actuator/health"));
    }

    @Test
    void the_search_finds_every_form() {
        for (String text : ALL) {
            Needles.forms(text).forEach((form, bytes) -> {
                ByteArrayOutputStream hay = new ByteArrayOutputStream();
                hay.writeBytes("{\"x\":\"".getBytes(StandardCharsets.US_ASCII));
                hay.writeBytes(bytes);
                hay.writeBytes("\"}       ".getBytes(StandardCharsets.US_ASCII));
                assertThat(NEEDLES.in(hay.toByteArray())).as(text + " " + form).isNotEmpty();
            });
        }
        for (int before = 0; before < 3; before++) {
            byte[] text = ("x".repeat(before) + NAME + "yz").getBytes(StandardCharsets.UTF_8);
            assertThat(NEEDLES.in(java.util.Base64.getEncoder().encode(text)))
                    .as("base64 after " + before)
                    .isNotEmpty();
        }
    }

    @Test
    void the_search_finds_them_where_they_must_be() throws Exception {
        assertThat(NEEDLES.in(Files.readAllBytes(journal.resolve("postal.jsonl"))))
                .contains(NAME + " as UTF-8", PHONE + " as UTF-8", ROOM + " as UTF-8", CLERK + " as UTF-8");
        assertThat(NEEDLES.in(Files.readAllBytes(journal.resolve("sms.jsonl")))).contains(PHONE + " as UTF-8");
    }

    @Test
    void no_answer_and_no_line_of_the_log_has_them() throws Exception {
        assertThat(NEEDLES.in(client.answers())).isEmpty();
        assertThat(NEEDLES.in(Files.readAllBytes(hub.log()))).isEmpty();
    }

    @Test
    void nobody_reads_them_from_kafka() throws Exception {
        List<String> found = new ArrayList<>();
        AtomicLong records = new AtomicLong();
        KafkaProcess.read("127.0.0.1:" + kafkaPort, "", record -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(record.key() == null ? new byte[0] : record.key());
            all.writeBytes(record.value() == null ? new byte[0] : record.value());
            record.headers().forEach(header -> {
                all.writeBytes(header.key().getBytes(StandardCharsets.UTF_8));
                all.writeBytes(header.value() == null ? new byte[0] : header.value());
            });
            NEEDLES.in(all.toByteArray()).forEach(it -> found.add(record.topic() + ": " + it));
            records.incrementAndGet();
        });
        System.out.println("records read from Kafka: " + records);
        assertThat(records.get()).isGreaterThan(20);
        assertThat(found).isEmpty();
    }

    @Test
    void no_table_has_them_in_clear() throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        for (String table :
                tables.texts("select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                        + " where schemaname not in ('pg_catalog', 'information_schema')")) {
            String rows = String.join("\n", tables.texts("select t::text from " + table + " t"));
            Set<String> here = NEEDLES.in(rows.getBytes(StandardCharsets.UTF_8));
            if (!here.isEmpty()) {
                found.put(table, here);
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void no_file_of_the_data_folder_has_them() throws Exception {
        Map<Path, Set<String>> found = new TreeMap<>();
        AtomicLong bytes = new AtomicLong();
        try (Stream<Path> files = Files.walk(hub.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = content(file);
                bytes.addAndGet(content.length);
                Set<String> here = NEEDLES.in(content);
                if (!here.isEmpty()) {
                    found.put(hub.data().relativize(file), here);
                }
            }
        }
        System.out.printf("searched %d MB of files%n", bytes.get() >> 20);
        assertThat(found).isEmpty();
    }

    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException goneMeanwhile) {
            return new byte[0];
        }
    }

    @AfterAll
    void leave_nothing_running() throws InterruptedException {
        hub.close();
        partners.close();
    }
}
