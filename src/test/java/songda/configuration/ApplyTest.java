package songda.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;
import songda.command.Said;
import songda.watch.RunningHub;

/** A running hub whose configuration is changed, well and badly, by command and by saving on its disk; and a second node beside it. */
class ApplyTest {

    private static final String RECEIPT = "routes/ladder/receipt.yaml";
    private static final String CODES = "mappings/postal/scan-to-fact/codes.csv";
    private static final String STEP = "routes/flow/receipt-on-received.camel.yaml";
    private static final String NEW_STEP =
            """
            - route:
                id: receipt-on-received
                group: flow
                description: "测试：收到订单即等回执（R67） / a test: the receipt is awaited from the order on (R67)"
                from:
                  uri: fact:order.received
                  steps:
                    - to:
                        uri: deadline:open/receipt
            """;
    private static final AtomicInteger WAYBILLS = new AtomicInteger();
    private static final Path GUIDE = Path.of("src/docs/guide/three-days.md");
    private static final Pattern GUIDE_LINE = Pattern.compile("(?m)^echo '(?<line>[^']+)' >> mine/(?<file>\\S+)$");
    private static final Pattern GUIDE_COMMAND =
            Pattern.compile("(?m)^\\$ songda (?<args>.+)\\R(?<output>(?:(?!```).*\\R)*)```");
    private static final Pattern WORD = Pattern.compile("'(?<quoted>[^']*)'|\\S+");
    private static RunningHub hub;
    private static Path disk;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        Path data = RunningHub.folder();
        disk = data.resolveSibling(data.getFileName() + "-disk");
        FileSystemUtils.copyRecursively(Path.of("routes"), disk.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("mappings"), disk.resolve("mappings"));
        hub = node(data, "songda-apply-one", List.of("--songda.config.watch=true"));
    }

    private static RunningHub node(Path data, String name, List<String> more) {
        List<String> settings = new ArrayList<>(
                List.of("--songda.routes=" + disk.resolve("routes"), "--songda.mappings=" + disk.resolve("mappings")));
        settings.addAll(more);
        return RunningHub.another(data, name, settings, new ConfigurationStart());
    }

    @AfterAll
    static void stop() throws IOException {
        hub.close();
        FileSystemUtils.deleteRecursively(disk);
    }

    /** A proposal: what runs, in a folder of its own. */
    @BeforeEach
    void copy() {
        folder = hub.bean(Applying.class)
                .shelf()
                .load(running())
                .lay(folder)
                .routes()
                .getParent();
    }

    private static long running() {
        return hub.bean(Turn.class).running().number();
    }

    /** The number that the next change gets. */
    private static long next() {
        return one("select max(number) + 1 from config_version", Long.class);
    }

    private Said ask(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of("--hub", hub.address().toString(), "--data", hub.data().toString()));
        return Said.run(all);
    }

    private Said apply() {
        return ask("apply", folder.toString(), "--reason", "试一试而已", "--despite-timelines");
    }

    private static void edit(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    private static <T> T one(String sql, Class<T> type, Object... parameters) {
        return hub.bean(JdbcTemplate.class).queryForObject(sql, type, parameters);
    }

    /** An order that this node takes; @return its number */
    private static String order(RunningHub node) {
        return order(node, null);
    }

    /** @param county of the office, or null */
    private static String order(RunningHub node, String county) {
        ObjectNode order = RunningHub.order();
        if (county != null) {
            ((ObjectNode) order.path("office")).put("county", county);
        }
        HttpResponse<String> answer = node.post("gov", "/api/v1/orders", order.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return order.path("orderNo").asText();
    }

    /** The version by which the order was taken. */
    private static long decidedBy(String orderNo) {
        return one(
                "select f.configuration from fact f join orders o on o.id = f.subject where o.order_no = ? and f.name = 'order.received'",
                Long.class,
                orderNo);
    }

    private static int scan(String orderNo, String code) {
        String digits = "98%011d".formatted(WAYBILLS.incrementAndGet());
        assertThat(hub.post(
                                "postal",
                                "/api/v1/events",
                                """
                                {"id":"W-%s","fact":"waybill.assigned","at":"2026-11-24T15:00:00+08:00","orderNo":"%s","data":{"waybillNo":"%s"}}"""
                                        .formatted(digits, orderNo, digits))
                        .statusCode())
                .isEqualTo(200);
        return hub.post(
                        "postal",
                        "/api/postal/scans",
                        """
                        {"serialNo":"S-%s","waybillNo":"%s","opCode":"%s","opTime":"2026-11-24 15:21:00"}"""
                                .formatted(digits, digits, code))
                .statusCode();
    }

    private Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        hub.bean(CamelContext.class).getRoutes().forEach(route -> routes.put(route.getRouteId(), route));
        return routes;
    }

    @Test
    void a_step_a_ladder_and_a_code_count_at_once_on_every_node_and_are_undone() throws Exception {
        long before = running();
        long now = next();
        assertThat(decidedBy(order(hub))).isEqualTo(before);
        assertThat(scan(order(hub), "K01")).isEqualTo(202);
        Map<String, Route> routes = routes();

        Files.writeString(folder.resolve(STEP), NEW_STEP);
        edit(folder.resolve(RECEIPT), "after: P2D", "after: P3D");
        edit(folder.resolve("routes/edge/gov/gov-receive-order.camel.yaml"), "推送的订单（", "推来的订单（");
        Files.writeString(
                folder.resolve(CODES), Files.readString(folder.resolve(CODES)) + "K01,parcel.in-transit,新的操作码\n");
        assertThat(ask("preview", folder.toString()).text())
                .contains("时间线不再如所写，生效前须改", "receipt.test.yaml", "expected, but did not happen");
        assertThat(ask("apply", folder.toString(), "--reason", "时间线没有改").text())
                .contains("配置有误，仍用原来的", "routes/ladder/receipt.test.yaml:", "SONGDA-R415");
        Said said = apply();
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("版本 " + now, "+1 -0 ~3", "+ " + STEP, "~ " + CODES);

        String orderNo = order(hub);
        assertThat(decidedBy(orderNo)).isEqualTo(now);
        assertThat(one(
                        "select count(*) from deadline d join orders o on o.id = d.subject where o.order_no = ? and d.ladder = 'receipt'",
                        Long.class,
                        orderNo))
                .isOne();
        assertThat(scan(orderNo, "K01")).isEqualTo(200);
        Map<String, Route> after = routes();
        assertThat(after.keySet()).containsAll(routes.keySet()).contains("receipt-on-received");
        routes.forEach((id, route) -> assertThat(after.get(id) == route)
                .as(id + " runs on untouched")
                .isEqualTo(!id.equals("gov-receive-order")));
        // The policy of kit holds for a door that was put in later: what breaks the contract is refused with its field.
        assertThat(hub.post("gov", "/api/v1/orders", "{}").statusCode()).isEqualTo(422);

        Path data = RunningHub.folder();
        for (String secret : List.of("keys.json", "partners.json")) {
            Files.copy(hub.data().resolve(secret), data.resolve(secret), StandardCopyOption.COPY_ATTRIBUTES);
        }
        List<String> shared = new ArrayList<>();
        for (String setting : List.of(
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "songda.kafka.brokers")) {
            shared.add("--" + setting + "=" + hub.setting(setting));
        }
        RunningHub two = node(data, "songda-apply-two", shared);
        try {
            assertThat(decidedBy(order(two))).isEqualTo(now);
            JsonNode look = json(two.get("desk", "/api/v1/configuration"));
            assertThat(look.path("pending").asInt()).isEqualTo(4);

            assertThat(ask("rollback", "999", "--reason", "没有这个版本").text()).contains("没有这个版本");
            Said back = ask("rollback", String.valueOf(before), "--reason", "撤回刚才的");
            assertThat(back.code()).as(back.text()).isZero();
            assertThat(running()).isEqualTo(now + 1);
            assertThat(routes().keySet()).doesNotContain("receipt-on-received");
            assertThat(decidedBy(order(hub))).isEqualTo(now + 1);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            two.bean(Turn.class).running().number())
                    .isEqualTo(now + 1));
            assertThat(decidedBy(order(two))).isEqualTo(now + 1);
        } finally {
            two.close();
        }
        Said history = ask("history");
        assertThat(history.text()).contains("试一试而已", "撤回刚才的", "节点 / node ");
        assertThat(ask("history", String.valueOf(now)).text()).contains("~ " + RECEIPT);
        assertThat(one(
                        "select count(*) from audit where what = 'configuration.apply' and reason = ?",
                        Long.class,
                        "撤回刚才的"))
                .isOne();
    }

    @Test
    void a_canary_counts_for_some_messages_until_it_is_withdrawn_or_confirmed() throws IOException {
        long before = running();
        long next = next();
        Files.writeString(
                folder.resolve(CODES), Files.readString(folder.resolve(CODES)) + "K09,parcel.in-transit,新的操作码\n");
        assertThat(canary("nobody").text()).contains("没有这个系统或客户");
        Said said = canary("postal");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("版本 " + next + " 灰度中", "~ " + CODES);
        assertThat(running()).isEqualTo(before);
        String orderNo = order(hub);
        assertThat(decidedBy(orderNo)).isEqualTo(before);
        assertThat(scan(orderNo, "K09")).isEqualTo(200);
        assertThat(one(
                        "select f.configuration from fact f join orders o on o.id = f.subject where o.order_no = ? and f.name = 'parcel.in-transit'",
                        Long.class,
                        orderNo))
                .isEqualTo(next);
        assertThat(apply().text()).contains("灰度还没有了结", "版本 " + next);
        assertThat(ask("history").text()).contains("CANARY", "（postal）");

        assertThat(ask("canary", "withdraw", "--reason", "格式还不对").code()).isZero();
        assertThat(scan(order(hub), "K09")).isEqualTo(202);
        assertThat(ask("canary", "confirm", "--reason", "没有可确认的").text()).contains("没有灰度");

        assertThat(canary("1%").code()).isZero();
        Said confirmed = ask("canary", "confirm", "--reason", "一天没有出错");
        assertThat(confirmed.code()).as(confirmed.text()).isZero();
        assertThat(running()).isEqualTo(next + 1);
        orderNo = order(hub);
        assertThat(decidedBy(orderNo)).isEqualTo(next + 1);
        assertThat(scan(orderNo, "K09")).isEqualTo(200);

        edit(folder.resolve(RECEIPT), "after: P2D", "after: P3D");
        assertThat(canary("10%").text()).contains("灰度只能改转换", RECEIPT);
        assertThat(ask("rollback", String.valueOf(before), "--reason", "恢复原样").code())
                .isZero();
    }

    private Said canary(String who) {
        return ask("apply", folder.toString(), "--reason", "先试一部分", "--canary", who);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void what_is_wrong_changes_nothing_and_the_answer_has_its_file_and_line() throws IOException {
        long before = running();
        long next = next();
        Path ladder = folder.resolve(RECEIPT);
        String good = Files.readString(ladder);
        Files.writeString(ladder, good.substring(0, good.indexOf("rungs:") + 8) + "- { rung: over");
        refused("routes/ladder/receipt.yaml:");
        Files.writeString(ladder, good.replace("  - { rung", "\t- { rung"));
        refused("routes/ladder/receipt.yaml:");
        Files.writeString(ladder, good + "again: keep\n");
        refused("routes/ladder/receipt.yaml:");
        Files.writeString(ladder, good);

        Files.writeString(folder.resolve(STEP), NEW_STEP.replace("receipt-on-received", "waybill-on-received"));
        refused(STEP + ":");
        Files.writeString(folder.resolve(STEP), NEW_STEP.replace("open/receipt", "open/nowhere"));
        refused(STEP + ":");
        Files.delete(folder.resolve(STEP));

        Path outside = Files.writeString(folder.resolve("outside.csv"), "code\n");
        Path link = folder.resolve("mappings/postal/scan-to-fact/more.csv");
        Files.createSymbolicLink(link, outside);
        refused("mappings/postal/scan-to-fact/more.csv", "SONGDA-R006");
        Files.delete(link);
        Files.writeString(link, "#\n".repeat(1 << 20));
        refused("mappings/postal/scan-to-fact/more.csv", "700 kB");
        Files.delete(link);

        Path endless = Files.createDirectories(folder.resolve("mappings/gov/endless/examples"));
        Files.writeString(endless.resolve("any.in.json"), "{}\n");
        Files.writeString(endless.resolve("any.out.json"), "{}\n");
        Files.writeString(endless.resolveSibling("map.jslt"), "def f(x) f($x + 1)\nf(1)\n");
        refused("mappings/gov/endless/map.jslt", "SONGDA-R411");
        FileSystemUtils.deleteRecursively(endless.getParent());

        edit(folder.resolve("routes/kit/kit-purge.camel.yaml"), "id: kit-purge", "id: kit-purge ");
        refused("routes/kit/kit-purge.camel.yaml", "SONGDA_CONFIG_FROM=disk");

        assertThat(running()).isEqualTo(before);
        assertThat(decidedBy(order(hub))).isEqualTo(before);
        assertThat(next()).isEqualTo(next);
    }

    private void refused(String... told) {
        Said said = apply();
        assertThat(said.code()).as(said.text()).isEqualTo(2);
        assertThat(said.text()).contains(told);
    }

    /** The guide's commands, in their order, with what they really print. */
    @Test
    void a_newcomer_changes_the_days_of_one_county_by_the_guide_and_undoes_it() throws IOException {
        long before = running();
        Matcher line = GUIDE_LINE.matcher(Files.readString(GUIDE));
        assertThat(line.find()).isTrue();
        Path table = folder.resolve(line.group("file"));
        Files.writeString(table, Files.readString(table) + line.group("line") + "\n");
        List<String> ran = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Matcher command = GUIDE_COMMAND.matcher(Files.readString(GUIDE));
        while (command.find()) {
            List<String> args = new ArrayList<>();
            Matcher word = WORD.matcher(command.group("args")
                    .replace("mine", folder.toString())
                    .replace("rollback 1", "rollback " + before));
            while (word.find()) {
                args.add(word.group("quoted") == null ? word.group() : word.group("quoted"));
            }
            ran.add(args.get(0));
            Said said = args.get(0).equals("check") ? Said.run(args) : ask(args.toArray(String[]::new));
            assertThat(said.code()).as(said.text()).isZero();
            // What was in force before is another one here.
            long most = args.get(0).equals("history") ? 1 : Long.MAX_VALUE;
            told.add(command.group("args"));
            seen.add(command.group("args"));
            plain(command.group("output")).lines().limit(most).forEach(told::add);
            plain(said.text()).lines().limit(most).forEach(seen::add);
            if (args.get(0).equals("apply")) {
                assertThat(due(order(hub, "330122"))).isEqualTo("P3D");
                assertThat(due(order(hub))).isEqualTo("P2D");
            }
        }
        assertThat(ran).containsExactly("check", "preview", "apply", "history", "rollback");
        assertThat(told).containsExactlyElementsOf(seen);
        assertThat(due(order(hub, "330122"))).isEqualTo("P2D");
    }

    /** Without what differs from run to run: numbers of versions, times, nodes. */
    private String plain(String text) {
        return text.replaceAll("(?m)^[0-9-]{10}T\\S+ +(INFO|WARN|ERROR) .*\\R", "")
                .replace(folder + "/", "mine/")
                .replaceAll("; [0-9.]+ s", "; N s")
                .replaceAll("版本 [0-9]+", "版本 N")
                .replaceAll("(?m)^ *[0-9]+  ", "N  ")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+]+", "T");
    }

    private static String due(String orderNo) {
        return one("select detail ->> 'receiptDue' from orders where order_no = ?", String.class, orderNo);
    }

    @Test
    void while_another_is_at_it_or_the_database_does_not_take_it_the_former_runs_on() throws Exception {
        long before = running();
        long next = next();
        edit(folder.resolve(RECEIPT), "after: P2D", "after: P4D");
        new OneAtATime(hub.bean(javax.sql.DataSource.class)).alone(() -> {
            refused("另一项配置变更正在进行");
            return true;
        });
        JdbcTemplate db = hub.bean(JdbcTemplate.class);
        db.execute(
                """
                create function away() returns trigger language plpgsql as
                $$ begin raise exception 'away' using errcode = '57P01'; end $$""");
        db.execute(
                "create trigger away before update on config_version for each row when (new.state = 'ACTIVE') execute function away()");
        try {
            refused("已退回原来的版本", "版本 " + before);
            assertThat(running()).isEqualTo(before);
            assertThat(decidedBy(order(hub))).isEqualTo(before);
            assertThat(one("select state from config_version where number = ?", String.class, next))
                    .isEqualTo("FAILED");
        } finally {
            db.execute("drop trigger away on config_version");
            db.execute("drop function away()");
        }
    }

    @Test
    void a_preview_shows_fields_of_past_messages_and_changes_nothing() throws Exception {
        long before = running();
        scan(order(hub), "203");
        edit(
                folder.resolve("mappings/gov/status/map.jslt"),
                "\"stage\": .order.stage",
                "\"stage\": \"S-\" + .order.stage");
        edit(folder.resolve(RECEIPT), "after: P2D", "after: P3D");
        Said said = ask("preview", folder.toString());
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text())
                .contains(RECEIPT, "/rungs/0/after: P2D → P3D", "开着的 / open: ", "mapping gov/status", "/body/stage ×")
                .contains(" → S-", "gov/status: delivered");
        assertThat(running()).isEqualTo(before);
    }

    @Test
    void what_would_fail_for_messages_of_late_is_refused_until_somebody_insists() throws Exception {
        long before = running();
        scan(order(hub), "203");
        // No example has such a number.
        edit(
                folder.resolve("mappings/gov/status/map.jslt"),
                "\"stage\": .order.stage",
                "\"stage\": if (starts-with(.order.orderNo, \"HUB\")) refuse(\"/orderNo\", \"没有 / none\") else .order.stage");
        refused("mappings/gov/status", "--despite-failing");
        assertThat(running()).isEqualTo(before);
        Said insisted = ask("apply", folder.toString(), "--reason", "试一试而已", "--despite-failing");
        assertThat(insisted.code()).as(insisted.text()).isZero();
        assertThat(ask("rollback", String.valueOf(before), "--reason", "恢复原样").code())
                .isZero();
    }

    @Test
    void a_version_by_which_much_fails_is_undone_by_itself_and_what_was_set_aside_is_replayed() throws Exception {
        long before = running();
        long now = next();
        edit(folder.resolve(CODES), "203,parcel.accepted,收寄计费信息\n", "");
        Said said = apply();
        assertThat(said.code()).as(said.text()).isZero();
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            orders.add(order(hub));
            assertThat(scan(orders.get(i), "203")).isEqualTo(202);
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(running())
                .isEqualTo(now + 1));
        assertThat(one("select who from config_version where number = ?", String.class, now + 1))
                .isEqualTo("hub");
        assertThat(one("select digest from config_version where number = ?", String.class, now + 1))
                .isEqualTo(one("select digest from config_version where number = ?", String.class, before));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> orders.forEach(order -> assertThat(one(
                                "select count(*) from fact f join orders o on o.id = f.subject where o.order_no = ? and f.name = 'parcel.accepted'",
                                Long.class,
                                order))
                        .isOne()));
    }

    @Test
    void a_save_on_disk_counts_at_once_and_a_bad_one_not_at_all() throws Exception {
        long before = running();
        Path file = disk.resolve(RECEIPT);
        String good = Files.readString(file);
        Files.writeString(file, good.replace("reports: receipt.overdue", "reports: receipt.nowhere"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        hub.bean(Disk.class).refusal())
                .startsWith("routes/ladder/receipt.yaml:"));
        assertThat(json(hub.get("desk", "/api/v1/configuration"))
                        .path("pending")
                        .asInt())
                .isEqualTo(1);
        assertThat(decidedBy(order(hub))).isEqualTo(before);
        Files.writeString(file, good);
        Files.writeString(disk.resolve("mappings/README.md"), "# 转换 / Mappings\n");
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(one(
                        "select coalesce(max(who), '') from config_version where state = 'ACTIVE' and number > ?",
                        String.class,
                        before))
                .isEqualTo("disk"));
        assertThat(decidedBy(order(hub))).isGreaterThan(before);
    }
}
