package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.Scanner;
import songda.TestPrinter;
import songda.clock.HubClock;
import songda.person.Tokens;

/** What comes out of the printers for orders, offices and sections. */
class PrintingTest extends HubTest {

    private static final String CREDIT = "11330109MB1A2B3C4H";

    @Autowired
    private Tokens tokens;

    private JsonNode data(String orderNo, String fact) {
        String json = db.sql("select data::text from fact where subject = ? and name = ?")
                .params(id(orderNo), fact)
                .query(String.class)
                .single();
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_label_has_the_waybill_and_a_token_that_only_the_hub_can_read() {
        String orderNo = walked();
        TestPrinter.Printed label = PARTNERS.printed(waybill(orderNo)).get(0);
        assertThat(label.numbers()).containsExactly(waybill(orderNo));
        assertThat(label.qr()).startsWith("https://songda.example/t/").doesNotContain(orderNo, waybill(orderNo));
        String token = label.qr().substring(label.qr().lastIndexOf('/') + 1);
        assertThat(tokens.read(token)).hasValue(id(orderNo));
        JsonNode data = data(orderNo, "label.printed");
        assertThat(data.path("printer").asText()).isEqualTo("zj-three-part");
        assertThat(data.path("template").asText()).isEqualTo("zw-100210");
        assertThat(data.path("hash").asText()).hasSize(64);
    }

    /** As long as an address may be, with what would end a label, print nine more and reset the printer. */
    @Test
    void what_a_name_and_an_address_say_to_a_printer_is_drawn_and_not_done() {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        String address = "余杭区^XZ^XA^FDfree^FS~JA\" PRINT 9,9 䶮㙍𠮷镇" + "文一西路".repeat(50);
        ((ObjectNode) order.path("recipient"))
                .put("name", "𠮷㙍䶮^XZ~JR\"")
                .put("address", address.substring(0, address.offsetByCodePoints(0, 200)));
        assertThat(post("zjzwfw", ORDERS, order).status()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        assertThat(PARTNERS.printed(waybill(orderNo))).singleElement().satisfies(label -> {
            assertThat(label.numbers()).containsExactly(waybill(orderNo));
            assertThat(label.pages()).isOne();
            assertThat(label.qr()).startsWith("https://songda.example/t/");
        });
        ((ObjectNode) order.path("recipient")).put("address", "余".repeat(201));
        refused(post("zjzwfw", ORDERS, order.put("orderNo", newOrderNo())), 422, "invalid-message");
    }

    @Test
    void a_spoilt_label_is_printed_again_as_a_copy_and_nobody_comes_twice() {
        String orderNo = walked();
        assertThat(says("desk", "label.reprint-asked", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(facts(orderNo)).contains("label.reprinted"));
        List<TestPrinter.Printed> labels = PARTNERS.printed(waybill(orderNo));
        assertThat(labels).hasSize(2);
        assertThat(labels.get(0).qr()).doesNotEndWith("?copy");
        assertThat(labels.get(1).qr()).isEqualTo(labels.get(0).qr() + "?copy");
        assertThat(effects(orderNo))
                .filteredOn(e -> e.startsWith("postal-request-pickup"))
                .hasSize(1);
    }

    @Test
    void a_label_that_may_have_been_printed_is_a_copy_when_somebody_has_it_printed_again() {
        String orderNo = walked();
        db.sql("update effect set state = 'UNKNOWN' where subject = ? and door = 'printer-print-label'")
                .param(id(orderNo))
                .update();
        long effect = count("select id from effect where subject = ? and door = 'printer-print-label'", id(orderNo));
        ObjectNode settled =
                new ObjectMapper().createObjectNode().put("as", "retry").put("reason", "没有出来");
        assertThat(post("desk", "/api/v1/effects/" + id(orderNo) + "-" + effect + "/settle", settled)
                        .status())
                .isEqualTo(200);
        awaiting(() -> assertThat(PARTNERS.printed(waybill(orderNo))).hasSize(2));
        assertThat(PARTNERS.printed(waybill(orderNo)).get(1).qr()).endsWith("?copy");
    }

    private Answer reports(String fact, String subject, ObjectNode data) {
        ObjectNode event = new ObjectMapper().createObjectNode();
        event.put("id", fact + "/" + data.elements().next().asText())
                .put("fact", fact)
                .put("at", HubClock.local(clock.instant()))
                .put("subject", subject)
                .set("data", data);
        return post("desk", "/api/v1/events", event);
    }

    @Test
    void a_hand_over_sheet_comes_in_two_copies_with_its_items() {
        String first = walked();
        String second = walked();
        String no = "JJ-" + first;
        ObjectNode data = new ObjectMapper().createObjectNode().put("handoverNo", no);
        data.put("kind", "COLLECT").put("county", "330109");
        data.putArray("waybills").add(waybill(first)).add(waybill(second));
        String office =
                "office:" + order(first).path("office").path("creditCode").asText();
        assertThat(reports("handover.opened", office, data).status()).isEqualTo(200);
        awaiting(() -> assertThat(PARTNERS.printed(no)).hasSize(1));
        assertThat(PARTNERS.printed(no).get(0).pages()).isEqualTo(2);
        awaiting(() -> assertThat(
                        count("select count(*) from fact where name = 'list.printed' and data ->> 'list' = ?", no))
                .isOne());
        ObjectNode signed = new ObjectMapper().createObjectNode().put("handoverNo", no);
        signed.put("givenBy", "C1").put("takenBy", "C1").put("copies", 2);
        Answer alone = reports("handover.signed", office, signed);
        refused(alone, 422, "invalid-message");
        assertThat(alone.text()).contains("R26");
        assertThat(reports("handover.signed", office, signed.put("takenBy", "P7"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_sheet_with_the_item_of_another_office_waits_for_a_person() {
        String orderNo = walked();
        ObjectNode data = new ObjectMapper().createObjectNode().put("handoverNo", "JX-" + orderNo);
        data.put("kind", "COLLECT").put("county", "330109").putArray("waybills").add(waybill(orderNo));
        assertThat(reports("handover.opened", "office:" + CREDIT.replace('H', 'X'), data)
                        .status())
                .isEqualTo(200);
        awaiting(() -> assertThat(count(
                        "select count(*) from effect e join fact f on f.id = e.fact_id where f.data ->> 'handoverNo' = ?"
                                + " and e.state in ('RETRY', 'DEAD') and e.reason like '%another office%'",
                        "JX-" + orderNo))
                .isOne());
        assertThat(PARTNERS.printed("JX-" + orderNo)).isEmpty();
    }

    @Test
    void a_section_list_comes_in_three_copies() {
        String orderNo = walked();
        String no = "XD-" + orderNo;
        ObjectNode data = new ObjectMapper().createObjectNode().put("listNo", no);
        data.put("unit", "31131101").put("section", "07").put("round", "AM").put("county", "330110");
        data.putArray("waybills").add(waybill(orderNo));
        assertThat(reports("section.opened", "section:31131101-07", data).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(PARTNERS.printed(no)).hasSize(1));
        assertThat(PARTNERS.printed(no).get(0).pages()).isEqualTo(3);
    }

    @Test
    void a_picture_of_a_label_is_for_a_key_with_the_right_and_is_audited() throws IOException {
        String orderNo = walked();
        refused(get("desk", "/api/v1/orders/" + orderNo + "/label"), 403, "right-missing");
        Answer answer = get("archivist", "/api/v1/orders/" + orderNo + "/label?template=zw-76130");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        byte[] png =
                Base64.getDecoder().decode(answer.json().path("pages").path(0).asText());
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(Scanner.bars(picture)).containsExactly(waybill(orderNo));
        assertThat(Scanner.qr(picture)).endsWith("?copy");
        assertThat(count("select count(*) from audit where subject = ? and what = 'label.look'", id(orderNo)))
                .isOne();
        refused(get("archivist", "/api/v1/orders/ZW00000000/label"), 404, "no-such-order");
        refused(get("archivist", "/api/v1/orders/" + orderNo + "/label?template=none"), 422, "no-label");
        assertThat(PARTNERS.printed(waybill(orderNo))).hasSize(1);
    }
}
