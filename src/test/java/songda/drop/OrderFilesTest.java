package songda.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import songda.HubTest;
import songda.clock.HubClock;
import songda.mapping.Mappings;

/** Orders that come in ZIPs across the air gap. */
class OrderFilesTest extends HubTest {

    private static final AtomicInteger FILES = new AtomicInteger(1);

    @Autowired
    private Mappings mappings;

    @Value("${songda.mappings}")
    private Path folder;

    private static String newFile() {
        return "orders-%04d".formatted(FILES.getAndIncrement());
    }

    private String apply(String orderNo, String... changes) {
        Map<String, String> row = new HashMap<>();
        row.put("ems_ord_no", orderNo);
        row.put("sendtime", HubClock.local(clock.instant()).substring(0, 19).replace('T', ' '));
        for (int i = 0; i < changes.length; i += 2) {
            row.put(changes[i], changes[i + 1]);
        }
        return Made.apply(row);
    }

    private static byte[] zip(String... orders) {
        return Made.zip("orders.xml", Made.gbk(Made.xml(orders)));
    }

    private static void drop(String file, byte[] bytes) {
        PARTNERS.folders.drop("gov", file + ".zip", bytes);
    }

    private static String reply(String file) {
        awaiting(() ->
                assertThat(PARTNERS.folders.reply("gov", file + ".reply.xml")).isNotEmpty());
        return plain(PARTNERS.folders.reply("gov", file + ".reply.xml"));
    }

    private static String plain(String xml) {
        return xml.replaceAll("\\s+", " ");
    }

    private static List<String> names(String folder, String file) {
        return PARTNERS.folders.names("gov", folder, file);
    }

    private long orders(String orderNo) {
        return count("select count(*) from orders where order_no = ?", orderNo);
    }

    @Test
    void an_order_of_a_file_is_the_same_fact_as_a_request() {
        String byRequest = walked();
        String byFile = newOrderNo();
        String file = newFile();
        drop(
                file,
                zip(apply(byFile, "declared_value", "1230.00", "documents", "<document><type>营业执照</type></document>")));
        assertThat(reply(file))
                .startsWith("<?xml version=\"1.0\" encoding=\"GBK\"?>")
                .contains("file=\"" + file + ".zip\" verdict=\"READ\"")
                .contains("<order no=\"1\" place=\"orders.xml#1\" outcome=\"TAKEN\" orderNo=\"" + byFile + "\"/>");
        String same =
                """
                select concat_ws(' ', county, dest_county, payer, receipt, service,
                                 detail -> 'caseNo', detail -> 'office', detail -> 'promise', trim_scale((detail ->> 'declaredValue')::numeric))
                from orders where order_no = ?""";
        assertThat(db.sql(same).param(byFile).query(String.class).single())
                .isEqualTo(db.sql(same).param(byRequest).query(String.class).single());
        awaiting(() -> assertThat(
                        count("select count(*) from orders where order_no = ? and waybill_no is not null", byFile))
                .isOne());
        awaiting(() -> assertThat(names("done", file)).hasSize(1));
        assertThat(names("in", file)).isEmpty();
        assertThat(names("taken", file)).isEmpty();
        assertThat(count("select count(*) from dropped_piece")).isZero();
    }

    @Test
    void the_reply_says_of_every_order_what_became_of_it() {
        String known = newOrderNo();
        String first = newFile();
        String application = apply(known);
        drop(first, zip(application));
        reply(first);
        String good = newOrderNo();
        String wrong = newOrderNo();
        String file = newFile();
        drop(
                file,
                Made.zip(Made.entries(
                        "a.xml",
                        Made.gbk(Made.xml(
                                application,
                                apply(good, "rcv_name", "䶮小㙍"),
                                apply(wrong, "rcv_phone", "1381234", "deptno", "11330109MB1A2B3C4J"),
                                apply(known, "rcv_name", "李四"))),
                        "b.xml",
                        Arrays.copyOf(Made.gbk(Made.xml(application)), 100))));
        String reply = reply(file);
        assertThat(reply)
                .contains("<counts taken=\"1\" seen=\"1\" refused=\"3\" setAside=\"0\"/>")
                .contains("<order no=\"1\" place=\"a.xml#1\" outcome=\"SEEN\" orderNo=\"" + known + "\"/>")
                .contains("<order no=\"2\" place=\"a.xml#2\" outcome=\"TAKEN\" orderNo=\"" + good + "\"/>")
                .containsPattern(
                        "<order no=\"3\" place=\"a.xml#3\" outcome=\"REFUSED\">\\s*<reason>/office/creditCode 校验码不符")
                .contains("/recipient/phone 应为大陆手机")
                .containsPattern("<order no=\"4\" place=\"a.xml#4\" outcome=\"REFUSED\">\\s*<reason>/orderNo ")
                .containsPattern("<order no=\"5\" place=\"b.xml\" outcome=\"REFUSED\">\\s*<reason>不是完整的 XML")
                .doesNotContain("1381234", "张小三", "李四", "䶮");
        assertThat(orders(good)).isOne();
        assertThat(orders(wrong)).isZero();
        assertThat(orders(known)).isOne();
    }

    @Test
    void the_same_file_again_was_seen_before_and_another_one_under_its_name_is_told() {
        String orderNo = newOrderNo();
        String file = newFile();
        byte[] content = zip(apply(orderNo), apply(newOrderNo(), "rcv_phone", "1"));
        drop(file, content);
        assertThat(reply(file)).contains("outcome=\"TAKEN\" orderNo=\"" + orderNo);
        awaiting(() -> assertThat(names("done", file)).hasSize(1));

        drop(file, content);
        awaiting(() -> assertThat(names("done", file)).hasSize(2));
        String again =
                plain(PARTNERS.folders.reply("gov", names("reply", "." + file).get(0)));
        assertThat(again)
                .contains("verdict=\"SEEN\"", "outcome=\"SEEN\" orderNo=\"" + orderNo, "outcome=\"REFUSED\"")
                .doesNotContain("TAKEN");

        String other = newOrderNo();
        drop(file, zip(apply(other)));
        awaiting(() -> assertThat(names("error", file)).hasSize(1));
        awaiting(() -> assertThat(names("reply", "." + file)).hasSize(2));
        assertThat(plain(
                        PARTNERS.folders.reply("gov", names("reply", "." + file).get(1))))
                .contains("verdict=\"REFUSED\"", "code=\"NAME_TAKEN\"");
        assertThat(orders(other)).isZero();
        assertThat(orders(orderNo)).isOne();
        assertThat(names("done", file)).hasSize(2);
    }

    @Test
    void a_file_that_is_still_being_written_is_left_alone() throws IOException {
        String orderNo = newOrderNo();
        String file = newFile();
        var unfinished = PARTNERS.folders.folder("gov", "in").resolve(file + ".zip.part");
        Files.write(unfinished, zip(apply(orderNo)));
        String witness = newFile();
        drop(witness, zip(apply(newOrderNo())));
        reply(witness);
        assertThat(unfinished).exists();
        Files.move(unfinished, unfinished.resolveSibling(file + ".zip"));
        assertThat(reply(file)).contains("outcome=\"TAKEN\"");
        assertThat(orders(orderNo)).isOne();
    }

    @TestFactory
    Stream<DynamicTest> a_file_that_nobody_makes_by_accident_goes_to_error_and_is_told() {
        byte[] xml = Made.gbk(Made.xml(apply(newOrderNo())));
        byte[] good = Made.zip("a.xml", xml);
        return Stream.of(
                told("EMPTY", new byte[0]),
                told("NOT_ZIP", Arrays.copyOf(good, good.length / 2)),
                told("ENTRY_NAME", Made.zip("../../a.xml", xml)),
                told("SYMLINK", Made.zip("b.link", "/etc/passwd".getBytes(StandardCharsets.US_ASCII))),
                told("NESTED", Made.zip("a.zip", good)),
                told("ENCRYPTED", Made.encrypted(good)),
                told("BOMB", Made.zip("a.xml", new byte[80 << 20])));
    }

    private DynamicTest told(String fault, byte[] bytes) {
        return dynamicTest(fault, () -> {
            String file = newFile();
            drop(file, bytes);
            assertThat(reply(file)).contains("verdict=\"REFUSED\"", "<reason code=\"" + fault + "\">");
            awaiting(() -> assertThat(names("error", file)).hasSize(1));
            assertThat(Files.readAllBytes(PARTNERS.folders
                            .folder("gov", "error")
                            .resolve(names("error", file).get(0))))
                    .isEqualTo(bytes);
        });
    }

    @Test
    void a_name_that_is_none_is_told_under_one_that_is() {
        String mark = "N" + System.nanoTime();
        for (String name : List.of(mark + "\r\nSet-Cookie: a.zip", mark + " 张三.zip", mark + "x".repeat(230) + ".zip")) {
            drop(name.replaceFirst("[.]zip$", ""), zip(apply(newOrderNo())));
        }
        awaiting(() -> assertThat(names("error", mark)).hasSize(3));
        awaiting(() -> assertThat(names("reply", mark)).hasSize(3));
        assertThat(names("reply", mark)).allSatisfy(name -> {
            assertThat(name).matches("[A-Za-z0-9._-]{1,150}");
            assertThat(PARTNERS.folders.reply("gov", name)).contains("<reason code=\"NAME\">");
        });
    }

    @Test
    void what_our_mapping_cannot_take_is_kept_and_replayed() throws IOException {
        String orderNo = newOrderNo();
        String file = newFile();
        Path map = folder.resolve("gov/row-to-order/map.jslt");
        String good = Files.readString(map);
        try {
            Files.writeString(map, good.replace(".internal_no", "number(.orgname)"));
            mappings.reload(map);
            drop(file, zip(apply(orderNo)));
            assertThat(reply(file)).contains("outcome=\"SET_ASIDE\"", "已留存待人处理");
        } finally {
            Files.writeString(map, good);
            mappings.reload(map);
        }
        assertThat(orders(orderNo)).isZero();
        String letter = db.sql("select id::text from dead_letter where door = 'gov-fetch-files' and state = 'OPEN'")
                .query(String.class)
                .single();
        Answer replayed =
                post("desk", "/api/v1/dead-letters/" + letter + "/replay", "{\"reason\":\"映射已改好\",\"dryRun\":false}");
        assertThat(replayed.json().path("outcome").asText()).as(replayed.text()).isEqualTo("REPLAYED");
        assertThat(orders(orderNo)).isOne();
    }
}
