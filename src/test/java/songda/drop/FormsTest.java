package songda.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is a file, what is none, and what is half of one. */
class FormsTest {

    private static final String ORDER = "<apply><rcv_name>䶮小㙍</rcv_name></apply>";
    private static final String HAN = "某地某市某区某街道某某路某某号";
    private static final byte[] GOOD = Made.gbk(Made.xml(ORDER));

    /** {@code place lines} of each piece, {@code place FAULT} of each part that is refused. */
    private static List<String> cut(Form form, byte[] file) throws IOException {
        List<String> said = new ArrayList<>();
        form.cut(new ByteArrayInputStream(file), sink(said, new ArrayList<>()));
        return said;
    }

    private static Form.Sink sink(List<String> said, List<byte[]> pieces) {
        return new Form.Sink() {
            @Override
            public void piece(String place, int no, int lines, byte[] raw) {
                said.add(place + " " + lines);
                pieces.add(raw);
            }

            @Override
            public void refused(String place, int no, Fault fault) {
                said.add(place + " " + fault);
            }
        };
    }

    private static DynamicTest refused(Form form, Fault fault, String what, byte[] file) {
        return dynamicTest(what, () -> {
            FileRefused refused = catchThrowableOfType(FileRefused.class, () -> cut(form, file));
            assertThat(refused).as(what).isNotNull();
            assertThat(refused.fault()).isEqualTo(fault);
        });
    }

    @TestFactory
    Stream<DynamicTest> a_zip_that_is_refused_whole() {
        ZipOfXml zip = new ZipOfXml();
        byte[] good = Made.zip("a.xml", GOOD);
        return Stream.of(
                refused(zip, Fault.EMPTY, "empty", new byte[0]),
                refused(zip, Fault.NOT_ZIP, "no zip", "hello".getBytes(StandardCharsets.US_ASCII)),
                refused(zip, Fault.NOT_ZIP, "cut off", Arrays.copyOf(good, good.length / 2)),
                refused(zip, Fault.NO_ORDER, "nothing in it", Made.zip(Map.of())),
                refused(zip, Fault.ENTRY_NAME, "slip", Made.zip("../../etc/cron.d/a.xml", GOOD)),
                refused(zip, Fault.ENTRY_NAME, "slip of a Windows", Made.zip("a\\..\\..\\b.xml", GOOD)),
                refused(zip, Fault.ENTRY_NAME, "absolute", Made.zip("/etc/a.xml", GOOD)),
                refused(zip, Fault.ENTRY_NAME, "a drive", Made.zip("C:a.xml", GOOD)),
                refused(zip, Fault.ENTRY_NAME, "a line break in a name", Made.zip("a\r\nb.xml", GOOD)),
                refused(zip, Fault.ENTRY_NAME, "a name of 300", Made.zip("a".repeat(296) + ".xml", GOOD)),
                refused(
                        zip,
                        Fault.SYMLINK,
                        "a link",
                        Made.zip(Made.entries(
                                "a.xml", GOOD, "b.link", "/etc/passwd".getBytes(StandardCharsets.US_ASCII)))),
                refused(zip, Fault.NESTED, "nested", Made.zip("a.zip", good)),
                refused(zip, Fault.NESTED, "nested under another name", Made.zip("a.xml", good)),
                refused(zip, Fault.ENCRYPTED, "encrypted", Made.encrypted(good)),
                refused(zip, Fault.BOMB, "80 MB of nothing", Made.zip("a.xml", new byte[80 << 20])),
                refused(
                        zip,
                        Fault.BOMB,
                        "70 MB in ten",
                        Made.zip(Made.entries(Stream.iterate(0, i -> i + 1)
                                .limit(10)
                                .flatMap(i -> Stream.of(i + ".xml", new byte[7 << 20]))
                                .toArray()))),
                refused(
                        zip,
                        Fault.TOO_MANY,
                        "ten thousand orders and one",
                        Made.zip("a.xml", Made.gbk(Made.xml("<apply/>".repeat(10_001))))));
    }

    @Test
    void a_document_that_cannot_be_read_is_refused_beside_those_that_can() throws IOException {
        String text = Made.xml(ORDER + "<apply><rcv_name>" + HAN + "</rcv_name></apply>");
        assertThat(cut(
                        new ZipOfXml(),
                        Made.zip(Made.entries(
                                "good.xml", Made.gbk(text),
                                "truncated.xml", Arrays.copyOf(Made.gbk(text), 90),
                                "doctype.xml", Made.gbk(text.replace("?>", "?><!DOCTYPE applys>")),
                                "laughs.xml",
                                        Made.gbk(text.replace(
                                                "?>",
                                                "?><!DOCTYPE applys [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>")),
                                "utf8-said-gbk.xml", text.getBytes(StandardCharsets.UTF_8),
                                "gbk-said-utf8.xml", Made.gbk(text.replace("\"GBK\"", "\"UTF-8\"")),
                                "big5.xml", Made.gbk(text.replace("\"GBK\"", "\"Big5\"")),
                                "utf8.xml", text.replace("\"GBK\"", "\"UTF-8\"").getBytes(StandardCharsets.UTF_8),
                                "nothing-said.xml", Made.gbk(text.replaceFirst("<\\?.*\\?>", "")),
                                "no-order.xml", Made.gbk(Made.xml()),
                                "empty.xml", new byte[0],
                                "deep.xml", Made.gbk(Made.xml("<a>".repeat(200) + "</a>".repeat(200))),
                                "list.txt", GOOD,
                                "张三.xml", GOOD))))
                .containsExactly(
                        "good.xml#1 1",
                        "good.xml#2 1",
                        "truncated.xml NOT_XML",
                        "doctype.xml DOCTYPE",
                        "laughs.xml DOCTYPE",
                        "utf8-said-gbk.xml CHARSET",
                        "gbk-said-utf8.xml CHARSET",
                        "big5.xml CHARSET",
                        "utf8.xml#1 1",
                        "utf8.xml#2 1",
                        "nothing-said.xml#1 1",
                        "nothing-said.xml#2 1",
                        "no-order.xml NO_ORDER",
                        "empty.xml EMPTY",
                        "deep.xml NOT_XML",
                        "list.txt KIND",
                        "(14)#1 1");
    }

    @Test
    void an_order_is_a_document_of_its_own_with_its_rare_characters() throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        String order = "<apply a=\"1\"><name>䶮小㙍 &amp; &lt;</name><x><![CDATA[a<b]]></x></apply>";
        new ZipOfXml()
                .cut(
                        new ByteArrayInputStream(Made.zip("a.xml", Made.gbk(Made.xml(order)))),
                        sink(new ArrayList<>(), pieces));
        assertThat(new String(pieces.get(0), StandardCharsets.UTF_8))
                .isEqualTo("<apply xmlns=\"\" a=\"1\"><name>䶮小㙍 &amp; &lt;</name><x>a&lt;b</x></apply>");
    }

    @TestFactory
    Stream<DynamicTest> a_file_of_lines_that_is_refused_whole() {
        FramedLines lines = new FramedLines(2);
        String line = Made.line("1012345678901", "85001", Map.of());
        byte[] body = Made.gbk(line);
        byte[] han = (line.replace("张小三", HAN)).getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                refused(lines, Fault.EMPTY, "empty", new byte[0]),
                refused(lines, Fault.TRAILER, "no tail", body),
                refused(lines, Fault.TRAILER, "half", Arrays.copyOf(Made.file(line), body.length + 10)),
                refused(lines, Fault.TRAILER, "more behind the tail", Made.join(Made.file(line), body)),
                refused(lines, Fault.COUNT, "wrong count", Made.file(2, body)),
                refused(lines, Fault.DIGEST, "wrong digest", Made.file(1, body, "0".repeat(32))),
                refused(lines, Fault.CHARSET, "UTF-8", Made.file(1, han)),
                refused(lines, Fault.LINE_TOO_LONG, "a line of 20,000", Made.file(1, new byte[20_000])));
    }

    @Test
    void lines_come_in_pieces_and_a_file_of_none_is_a_file() throws IOException {
        FramedLines lines = new FramedLines(2);
        String line = Made.line("1012345678901", "85001", Map.of());
        assertThat(cut(lines, Made.file(line, line, line))).containsExactly("#1 2", "#3 1");
        assertThat(cut(lines, Made.file())).isEmpty();
        assertThat(cut(lines, Made.file(1, Made.gbk(line.replace("\r\n", "\n")))))
                .containsExactly("#1 1");
    }

    @Test
    void fields_are_cut_after_decoding() throws IOException {
        // 亅 is 81 7C, 乗 is 81 5C: a bar and a backslash as second bytes; 䶮 has two bytes only since GB18030, 㙍 four.
        byte[] raw = Made.gbk("head|亅乗䶮㙍|x|end\r\nhead||y|end\r\n");
        assertThat(new String(raw, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '|')
                        .count())
                .as("bars among the bytes")
                .isEqualTo(7);
        JsonNode message = (JsonNode)
                new FramedLines(9).message(JsonNodeFactory.instance.objectNode().put("name", "f"), 5, raw);
        assertThat(message)
                .hasToString(
                        "{\"file\":{\"name\":\"f\"},\"lines\":[{\"no\":5,\"fields\":[\"head\",\"亅乗䶮㙍\",\"x\",\"end\"]},"
                                + "{\"no\":6,\"fields\":[\"head\",\"\",\"y\",\"end\"]}]}");
    }

    @Test
    void a_file_that_is_too_large_is_not_read_to_its_end() {
        Measured measured = new Measured(new ByteArrayInputStream(new byte[1000]), 100);
        assertThat(catchThrowableOfType(FileRefused.class, measured::drain).fault())
                .isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void a_name_says_whose_file_it_is_and_up_to_when() {
        Names names = new Names("FD85_(?<series>[0-9A-Za-z]{1,20})_(?<period>[0-9]{8}_[0-9]{4})[.]txt");
        assertThat(names.of("FD85_33010900_20261124_1200.txt"))
                .hasToString("Said[series=33010900, period=2026-11-24T04:00:00Z]");
        for (String wrong : List.of("FD85_33010900_20261324_1200.txt", "FD85_33010900_20260230_1200.txt", "x.txt")) {
            assertThat(catchThrowableOfType(FileRefused.class, () -> names.of(wrong))
                            .fault())
                    .isEqualTo(Fault.NAME);
        }
    }

    @Test
    void a_file_in_hand_says_what_its_sender_called_it() {
        assertThat(Inbox.Claim.of("20261126153012123a1b2c3_orders-1.zip"))
                .hasToString("Claim[claimed=20261126153012123a1b2c3_orders-1.zip, name=orders-1.zip, named=true]");
        assertThat(Inbox.Claim.of("20261126153012123a1b2c3!.._x_.zip").named()).isFalse();
        assertThat(Inbox.Claim.of("by-hand.zip").named()).isTrue();
        assertThat(Inbox.Claim.of("20261126153012123a1b2c3_orders.v1.zip").stem())
                .isEqualTo("orders.v1");
    }
}
