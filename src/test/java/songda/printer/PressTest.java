package songda.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.failure.NotNow;
import songda.failure.Refused;
import songda.failure.Unmappable;
import songda.label.Sample;

/** Which printer prints, and who stands in for it. */
class PressTest {

    private static final String HEAD = "printer,place,counter,paper,language,dpi,address,answers,spare\n";
    private static final String TABLE = HEAD
            + """
            # the hall's own
            xs-1,3301090001,,100x210,tspl,203,tcp://10.0.0.1:9100,yes,xs-2
            xs-2,3301090001,2,100x210,zpl,300,tcp://10.0.0.2:9100,yes,
            xs-c,330109,,100x150,cpcl,203,tcp://10.0.0.3:9100,no,
            hz,3301,,100x210,tspl,203,tcp://10.0.0.4:9100,yes,
            zj,33,,A4,pdf,300,ipp://10.0.0.5:631/ipp/print,yes,
            """;

    @TempDir
    Path folder;

    private final Map<String, Exception> broken = new HashMap<>();
    private final List<String> printed = new ArrayList<>();

    private Printers read(String table) throws IOException {
        Path file = folder.resolve("printers.csv");
        Files.writeString(file, table);
        return Printers.read(file, name -> name.equals("songda.printer.address") ? "127.0.0.1:19100" : null);
    }

    private Press press() throws IOException {
        Printers printers = read(TABLE);
        return new Press(
                Sample.LABELS,
                () -> printers,
                printer -> job -> {
                    Exception fault = broken.get(printer.id());
                    if (fault instanceof NothingPrinted nothing) {
                        throw nothing;
                    } else if (fault instanceof MaybePrinted maybe) {
                        throw maybe;
                    }
                    printed.add(printer.id() + " " + job.length);
                },
                Duration.ofSeconds(15));
    }

    private static ObjectNode job() {
        ObjectNode job = Sample.Of.ZW_100210.job();
        return job.put("hall", "3301090001").put("county", "330109");
    }

    @Test
    void the_hall_s_printer_prints_and_says_what() throws IOException {
        ObjectNode said = press().print(job());
        assertThat(printed).hasSize(1).first().asString().startsWith("xs-1 ");
        assertThat(said.path("printer").asText()).isEqualTo("xs-1");
        assertThat(said.path("template").asText()).isEqualTo("zw-100210");
        assertThat(said.path("pages").asInt()).isOne();
        assertThat(said.path("hash").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void the_one_that_stands_in_gets_it_in_its_own_language() throws IOException {
        broken.put("xs-1", new NothingPrinted(Status.PAPER_OUT));
        assertThat(press().print(job()).path("printer").asText()).isEqualTo("xs-2");
        assertThat(printed).hasSize(1);
    }

    @Test
    void where_none_can_print_it_is_tried_later() throws IOException {
        broken.put("xs-1", new NothingPrinted(Status.PAPER_OUT));
        broken.put("xs-2", new NothingPrinted("连不上 / cannot be reached"));
        Press press = press();
        assertThatThrownBy(() -> press.print(job()))
                .isInstanceOf(NotNow.class)
                .hasMessage("xs-1 缺纸或缺碳带 / out of paper or ribbon; xs-2 连不上 / cannot be reached");
    }

    @Test
    void what_may_have_been_printed_is_not_printed_elsewhere() throws IOException {
        broken.put("xs-1", new MaybePrinted("中途 / in the middle"));
        Press press = press();
        assertThatThrownBy(() -> press.print(job())).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(400);
            assertThat(refused.getMessage()).contains("xs-1", "中途");
        });
        assertThat(printed).isEmpty();
    }

    @Test
    void copies_of_a_list_are_one_job() throws IOException {
        ObjectNode said = press().print(Sample.Of.SECTION.job());
        assertThat(printed).hasSize(1);
        assertThat(said.path("pages").asInt()).isEqualTo(3);
    }

    @Test
    void no_paper_for_it_names_the_file_to_mend() throws IOException {
        Press press = press();
        ObjectNode job = job();
        job.put("hall", "").put("county", "310110");
        assertThatThrownBy(() -> press.print(job))
                .isInstanceOf(Unmappable.class)
                .hasMessage(
                        "no printer for hall '' in county '310110' with paper [100x210]: add a line to mappings/directory/printers.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "3301090001,,330109,100x210,xs-1",
        "3301090001,2,330109,100x210,xs-2",
        "3301090001,7,330109,100x210,xs-1",
        "3301090001,,330109,100x150,xs-c",
        "3301100001,,330110,100x210,hz",
        "3302030001,,330203,A4,zj",
        "'','','',A4,zj",
    })
    void the_nearest_printer_with_the_paper_prints(
            String hall, String counter, String county, String paper, String printer) throws IOException {
        assertThat(read(TABLE)
                        .at(text(hall), text(counter), text(county), paper)
                        .orElseThrow()
                        .id())
                .isEqualTo(printer);
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    @Test
    void an_address_may_be_a_setting() throws IOException {
        Printers printers = read(HEAD + "a-1,33,,A4,pdf,300,tcp://{{songda.printer.address}},no,\n");
        assertThat(printers.at("", "", "330109", "A4").orElseThrow().address()).hasToString("tcp://127.0.0.1:19100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a-1,33,,A4,pdf,300,tcp://{{songda.nowhere}},no,        | line 2: address: there is no setting songda.nowhere
            a-1,33,,A4,pdf,300,10.0.0.1:9100,no,                   | line 2: address: write tcp://10.1.2.3:9100 or
            a-1,33,,A5,pdf,300,tcp://h:9100,no,                    | line 2: paper: write width x height in mm
            a-1,33,,A4,epl,300,tcp://h:9100,no,                    | line 2: language: write tspl, zpl, cpcl, pdf or pwg
            a-1,33,,A4,pdf,72,tcp://h:9100,no,                     | line 2: dpi: write 203, 300 or 600
            a-1,33,,A4,pdf,300,tcp://h:9100,maybe,                 | line 2: answers: write yes where it says
            a-1,33,,A4,pdf,300,tcp://h:9100,no,b-1                 | printer 'a-1': spare: 'b-1' is no printer with paper A4
            """)
    void a_wrong_line_says_where_and_what_to_write(String line, String fault) {
        assertThatThrownBy(() -> read(HEAD + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printers.csv: ")
                .hasMessageContaining(fault);
    }

    @Test
    void the_same_name_twice_is_found() {
        String line = "a-1,33,,A4,pdf,300,tcp://h:9100,no,\n";
        assertThatThrownBy(() -> read(HEAD + line + line))
                .hasMessageContaining("line 3: printer: 'a-1' stands there twice");
    }
}
