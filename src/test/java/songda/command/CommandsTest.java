package songda.command;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.command.Said.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.TestFacts;
import songda.watch.RunningHub;

/** The commands as somebody types them; those that ask, against the running hub. */
class CommandsTest {

    private static final String RECEIPT = "routes/ladder/receipt.yaml";
    private final RunningHub hub = RunningHub.get();

    private Said ask(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of("--hub", hub.address().toString(), "--data", hub.data().toString()));
        return run(all);
    }

    /** An order that waits for its receipt, far in the future. */
    private String delivered() {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        hub.post("gov", "/api/v1/orders", order.toString());
        String event =
                """
                {"id":"E-%s","fact":"parcel.delivered","at":"2099-11-24T15:21:00+08:00","orderNo":"%s","data":%s}""";
        hub.post("pda", "/api/v1/events", event.formatted(number, number, TestFacts.of("parcel.delivered")));
        return number;
    }

    private static final String TITLES =
            "订单号,付费方,单位统一社会信用代码,单位名称,寄件人,寄件省,寄件市,寄件区县,寄件地址,寄件电话,收件人,收件省,收件市,收件区县,收件地址,收件电话,证照名称,回执,保价金额,下单时间,备注栏";

    private static String line(String orderNo, String phone, String receipt) {
        return "\n" + orderNo + ",寄件方付,11330109MB1A2B3C4H,萧山区行政服务中心,周敏,浙江省,杭州市,萧山区,金城路 528 号,0571-82898888,"
                + "张小三,浙江省,杭州市,余杭区,\"文一西路 969 号,3 幢\"," + phone + ",营业执照、公章," + receipt + ",1230.50,2026/11/23 9:05,x";
    }

    @Test
    void a_sheet_is_imported_line_by_line_and_again_without_a_second_order(@TempDir Path folder) throws IOException {
        String first = RunningHub.order().path("orderNo").asText();
        String second = RunningHub.order().path("orderNo").asText();
        String third = RunningHub.order().path("orderNo").asText();
        Path sheet = folder.resolve("orders.csv");
        Files.write(
                sheet,
                (TITLES + line(first, "13812345678", "实物返单") + "\n,,," + line(second, "1381234", "无")
                                + line(third, "13812345678", "不知道"))
                        .getBytes(java.nio.charset.Charset.forName("GBK")));
        Said said = ask("import", sheet.toString());
        assertThat(said.code()).as(said.text()).isOne();
        assertThat(said.text())
                .contains("不读的列 / columns that are not read: 备注栏")
                .contains("第 4 行 / line 4  未受理  /recipient/phone", "第 5 行 / line 5  未受理  /receipt")
                .contains("共 3 行，成功 1，未受理 2，未送达 0")
                .doesNotContain("1381234");
        assertThat(Files.readString(folder.resolve("orders.csv.report.csv")).lines())
                .hasSize(4)
                .anyMatch(it -> it.startsWith("2," + first + ",成功 TAKEN"))
                .anyMatch(it -> it.startsWith("4," + second + ",未受理 REFUSED"));
        assertThat(hub.get("gov", "/api/v1/orders/" + first).body()).contains("\"receipt\":\"PHYSICAL\"");

        Files.writeString(sheet, "\uFEFF" + TITLES + line(first, "13812345678", "实物返单"));
        assertThat(ask("import", sheet.toString()).code()).isZero();
        Files.writeString(sheet, TITLES.replace("订单号", "单号"));
        assertThat(ask("import", sheet.toString()).code()).isEqualTo(2);
    }

    @Test
    void a_label_is_drawn_from_a_file_and_what_is_wrong_is_said(@TempDir Path folder) throws IOException {
        Path picture = folder.resolve("label.png");
        String file = "mappings/printer/label/examples/a-physical-receipt.in.json";
        Said said = run(List.of("label", "--file", file, "--out", picture.toString()));
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).startsWith("zw-100210 100x210");
        assertThat(songda.Scanner.bars(javax.imageio.ImageIO.read(picture.toFile())))
                .containsExactly("1272448151316");
        Said none = run(List.of("label", "--file", file, "--template", "zw-1", "--out", picture.toString()));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.text()).contains("no template 'zw-1': there are", "zw-76130");
        Said sheet = run(List.of(
                "label",
                "--file",
                "mappings/printer/section/examples/the-morning-round.in.json",
                "--mapping",
                "printer/section",
                "--out",
                picture.toString()));
        assertThat(sheet.text()).startsWith("section-a4 A4");
        Said refused = ask("label", "--order", delivered(), "--out", picture.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.text()).containsAnyOf("403", "422");
    }

    @Test
    void a_deadline_is_found_paused_and_shown_with_its_reason() {
        String number = delivered();
        Said list = ask("deadlines", "list", "--order", number, "--ladder", "receipt");
        assertThat(list.code()).as(list.text()).isZero();
        assertThat(list.text()).contains("receipt/overdue", "2099-11-26T23:59:59+08:00", "OPEN");
        String id = list.text()
                .lines()
                .filter(l -> l.contains("receipt/overdue"))
                .findFirst()
                .orElseThrow()
                .replaceAll(" .*", "");
        assertThat(ask("deadlines", "pause", id).code()).isEqualTo(2);
        assertThat(ask("deadlines", "pause", id, "--reason", "等当地回复").code()).isZero();
        assertThat(ask("deadlines", "show", id).text()).contains("PAUSED", "等当地回复", "deadline.pause");
        Said twice = ask("deadlines", "pause", id, "--reason", "再等一等");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.text()).contains("时限现在不能这样改", "PAUSED");
    }

    @Test
    void a_dead_letter_is_found_by_its_cause_and_shown_without_its_person() {
        String scan =
                """
                {"serialNo":"Z-1","waybillNo":"9900000000901","opCode":"Z1","opDesc":"金丝雀","opTime":"2026-11-24 15:21:00"}""";
        hub.post("postal", "/api/postal/scans", scan);
        Said groups = ask("dead-letters", "list", "--door", "postal-receive-scan");
        assertThat(groups.code()).as(groups.text()).isZero();
        String print = groups.text()
                .lines()
                .takeWhile(l -> !l.contains("'Z1'"))
                .reduce("", (before, line) -> line)
                .replaceAll(" .*", "");
        Said letters = ask("dead-letters", "list", "--fingerprint", print);
        String id = letters.text()
                .lines()
                .filter(l -> l.contains("OPEN"))
                .findFirst()
                .orElseThrow()
                .replaceAll(" .*", "");
        assertThat(ask("dead-letters", "show", id).text()).contains("\"Z1\"").doesNotContain("金丝雀");
        assertThat(ask("dead-letters", "reveal", id).code()).isEqualTo(2);
        assertThat(ask("dead-letters", "replay", id, "--dry-run").text())
                .contains("\"outcome\" : \"FAILED\"", "\"dryRun\" : true");
        assertThat(ask("dead-letters", "replay", "--fingerprint", print, "--dry-run")
                        .text())
                .contains("\"letters\" : 1", "\"failing\"");
        assertThat(ask("dead-letters", "replay", "--fingerprint", print, "--reason", "编码表已补上")
                        .text())
                .contains("--count");
        Said wrong = ask("dead-letters", "replay", "--fingerprint", print, "--count", "7", "--reason", "编码表已补上");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.text()).contains("数目与现在的不符", "there are 1 now");
        assertThat(ask("dead-letters", "drop", id, "--reason", "测试报文，不需要").text())
                .contains("\"dropped\" : 1");
        assertThat(ask("dead-letters", "replays").text()).contains("\"replays\"");
    }

    @Test
    void kafka_is_built_again_from_the_command_line() {
        Said said = ask("republish", "--from", "2020-01-01T00:00:00+08:00", "--facts", "--reason", "试一试而已");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("\"facts\"", "\"left\" : 0");
        assertThat(ask("republish", "--from", "2020-01-01T00:00:00+08:00", "--reason", "试一试而已")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void an_effect_is_listed_with_its_order_and_shown() {
        Said list = ask("effects", "list", "--order", delivered());
        assertThat(list.code()).as(list.text()).isZero();
        assertThat(list.text()).contains("postal-send-order");
        String id = list.text()
                .lines()
                .filter(l -> l.contains("postal-send-order"))
                .findFirst()
                .orElseThrow()
                .replaceAll(" .*", "");
        assertThat(ask("effects", "show", id).text()).contains("\"fact\" : \"order.received\"");
        assertThat(ask("effects", "settle", id, "--as", "gone", "--reason", "已电话核实")
                        .code())
                .isEqualTo(2);
        assertThat(ask("effects", "settle", id, "--as", "dead").code()).isEqualTo(2);
        assertThat(ask("effects", "settle", "1-1", "--as", "dead", "--reason", "已电话核实")
                        .text())
                .contains("没有这一项待办");
    }

    @Test
    void a_stopped_door_is_listed_and_opened_with_a_reason() {
        hub.bean(JdbcTemplate.class)
                .update(
                        "insert into door_stop (door, reason, until) values ('commands-door', 'no money', now() + interval '1 hour')");
        assertThat(ask("doors", "list").text()).containsPattern("commands-door +\\S+ +\\S+ +0 no money");
        assertThat(ask("doors", "open", "commands-door").code()).isEqualTo(2);
        Said opened = ask("doors", "open", "commands-door", "--reason", "账户已充值");
        assertThat(opened.code()).as(opened.text()).isZero();
        assertThat(opened.text()).contains("\"again\" : 0");
        assertThat(ask("audit", "list", "--most", "200").text()).contains("door.open", "账户已充值");
        Said verified = ask("audit", "verify");
        assertThat(verified.text()).contains("已封存 / sealed ", "链头 / head ");
        assertThat(ask("audit", "verify", "--head", "0".repeat(64)).code()).isOne();
        assertThat(ask("doors", "open", "commands-door", "--reason", "账户已充值").text())
                .contains("这个门没有停");
    }

    @Test
    void kpis_are_reported_as_page_sheet_and_book_and_an_item_is_left_out(@TempDir Path folder) throws IOException {
        String number = delivered();
        Path out = folder.resolve("report");
        Said page = ask("report", "--day", "2099-11-24", "--out", out.toString());
        assertThat(page.code()).as(page.text()).isZero();
        assertThat(Files.readString(out))
                .contains("<title>送达指标 Songda KPIs 2099-11-24", "首次妥投率", "走访达标率", "现算，可能还会变")
                .doesNotContain("http:", "https:", "src=\"/");
        assertThat(ask("report", "--month", "2099-11", "--format", "csv", "--out", out.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(out))
                .startsWith("\uFEFF")
                .containsPattern("first-attempt,首次妥投率,.*,R40,[0-9]+,[0-9]+,");
        assertThat(ask("report", "--month", "2099-11", "--format", "xlsx", "--out", out.toString())
                        .code())
                .isZero();
        try (var book = new org.dhatim.fastexcel.reader.ReadableWorkbook(out.toFile())) {
            var row = book.getFirstSheet().read().stream()
                    .filter(r -> r.getCellText(0).equals("first-attempt"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.getCellAsNumber(5).orElseThrow().intValue()).isPositive();
            assertThat(book.getSheets().count()).isEqualTo(4);
        }

        Said add = ask(
                "kpi-exclusions",
                "add",
                "--kpi",
                "first-attempt",
                "--order",
                number,
                "--reason",
                "台风停运",
                "--approver",
                "P0017");
        assertThat(add.code()).as(add.text()).isZero();
        assertThat(ask("kpi-exclusions", "list").text()).contains(number, "desk → P0017", "台风停运");
        String[] items = {
            "report",
            "--day",
            "2099-11-24",
            "--items",
            "first-attempt",
            "--verdict",
            "excluded",
            "--format",
            "csv",
            "--out",
            out.toString()
        };
        assertThat(ask(items).code()).isZero();
        assertThat(Files.readString(out)).contains(number, "EXCLUDED", "台风停运");
        String id = add.text().replaceAll("(?s).*\"id\" : (\\d+).*", "$1");
        assertThat(ask("kpi-exclusions", "withdraw", id, "--reason", "剔除有误").code())
                .isZero();
        assertThat(ask("kpi-exclusions", "list").text()).contains("已撤销");
        assertThat(ask("report", "--day", "2099-11-24", "--month", "2099-11", "--out", out.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void migrate_calendar_and_clock_answer() {
        assertThat(ask("deadlines", "migrate", "--ladder", "receipt", "--reason", "先试算一下", "--dry-run")
                        .text())
                .contains("\"moved\" : 0", "\"dryRun\" : true");
        assertThat(ask("calendar", "reload", "--reason", "明年已公布").text()).contains("\"years\"");
        assertThat(ask("clock", "agree", "--reason", "已核对时间").text()).contains("wasFrozen");
        assertThat(ask("clock", "show").text()).contains("\"rate\"");
    }

    @Test
    void a_simulation_of_a_live_order_shows_what_would_follow_and_sends_nothing() {
        String number = delivered();
        Said said = ask("simulate", "--order", number, "--until", "P30000D");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("2099-11-26T23:59:59", "receipt.overdue", "inquiry-send-case action=open", "R67")
                .contains("city-manager@3301");
        assertThat(ask("deadlines", "list", "--order", number, "--ladder", "receipt")
                        .text())
                .contains("OPEN");
    }

    @Test
    void a_simulation_shows_the_difference_between_two_configurations(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("routes");
        org.springframework.util.FileSystemUtils.copyRecursively(Path.of("routes"), other);
        Path ladder = other.resolve("ladder/receipt.yaml");
        Files.writeString(ladder, Files.readString(ladder).replace("P2D", "P3D"));
        Path orders = Files.writeString(
                folder.resolve("orders.csv"), "orderNo,fact,at\nZW1,parcel.delivered,2026-09-30T15:00:00\n");
        Said said =
                run(List.of("simulate", "--file", orders.toString(), "--until", "P5D", "--routes", other.toString()));
        assertThat(said.text()).contains("- 2026-10-02T23:59:59  ZW1", "+ 2026-10-03T23:59:59  ZW1", "receipt.overdue");
    }

    @Test
    void a_wrong_number_in_a_ladder_is_noticed_by_a_timeline(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("routes");
        org.springframework.util.FileSystemUtils.copyRecursively(Path.of("routes"), other);
        assertThat(run(List.of("test", "--routes", other.toString(), "--only", "receipt.test"))
                        .code())
                .isZero();
        Path ladder = other.resolve("ladder/receipt.yaml");
        Files.writeString(ladder, Files.readString(ladder).replace("P2D", "P3D"));
        Said said = run(List.of("test", "--routes", other.toString(), "--only", "receipt.test"));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("receipt.test.yaml:5", "open receipt/overdue 2026-10-03T23:59:59", "expected");
    }

    @Test
    void a_ladder_that_cannot_be_read_names_its_line(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("routes");
        org.springframework.util.FileSystemUtils.copyRecursively(Path.of("routes"), other);
        Path ladder = folder.resolve(RECEIPT);
        Files.writeString(ladder, Files.readString(ladder).replace("end-of-day", "lunar"));
        Said said = run(List.of("test", "--routes", other.toString()));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("receipt.yaml: line ", "unknown calendar 'lunar'");
    }
}
