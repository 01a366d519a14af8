package songda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The routing tree of the small house. */
class RoutingTreeTest {

    private static final Path HOUSE = Path.of("src/test/check/base");
    private final RoutingTree tree = RoutingTree.read(HOUSE.resolve("routes"), HOUSE.resolve("mappings"));

    @Test
    void a_fact_shows_its_steps_what_must_hold_and_what_they_lead_to() {
        assertThat(Picture.TEXT.of(tree.of("receipt.overdue")))
                .isEqualTo(
                        """
                        receipt.overdue  回执逾期 / the receipt is overdue  [R67]  ← kit
                          chase-on-overdue  回执逾期即催单（R67） / an overdue receipt is chased (R67)
                            → door inquiry-send-chase role=city-manager quiet=night reason=LATE   [receipt != 'NONE']
                            → open anomaly
                                late  PT24H hours ⇒ anomaly.late
                        """);
    }

    @Test
    void a_fact_that_a_rung_reports_names_the_rung() {
        assertThat(Picture.TEXT.of(tree.of("anomaly.late"))).contains("← anomaly/late, kit");
    }

    @Test
    void a_misspelled_fact_is_told_with_what_was_meant() {
        assertThatThrownBy(() -> tree.of("receipt.overdeu")).hasMessageContaining("'receipt.overdue'");
    }

    @Test
    void mermaid_has_an_edge_for_each_branch_and_rung() {
        assertThat(Picture.MERMAID.of(tree).lines())
                .hasSize(5)
                .contains(
                        "  step_chase_on_overdue[\"chase-on-overdue\"] -->|\"receipt != 'NONE'\"| door_inquiry_send_chase[/\"inquiry-send-chase\"/]",
                        "  ladder_anomaly{{\"anomaly\"}} -->|\"late PT24H hours\"| fact_anomaly_late([\"anomaly.late\"])");
    }

    @Test
    void svg_is_well_formed_and_has_a_box_for_each() throws Exception {
        byte[] svg = Picture.SVG.of(tree).getBytes(StandardCharsets.UTF_8);
        var drawn = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
        assertThat(drawn.getElementsByTagName("rect").getLength()).isEqualTo(5);
        assertThat(drawn.getElementsByTagName("path").getLength()).isEqualTo(4);
    }
}
