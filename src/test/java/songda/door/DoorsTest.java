package songda.door;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.held;
import static songda.TestPartners.lost;
import static songda.TestPartners.say;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import songda.HubTest;
import songda.embedded.TestParts;

/** Every way in which a partner can answer, or not answer, and what becomes of the effect. */
class DoorsTest extends HubTest {

    private static final String GOV = "gov-send-status";
    private static final String SMS = "sms-send-notice";

    /** An order at rest, about to be accepted: one more status is owed, and one SMS. */
    private String rested() {
        String orderNo = walked();
        awaiting(() -> assertThat(effects(orderNo)).hasSize(4).allMatch(e -> e.endsWith(":ACCEPTED")));
        return orderNo;
    }

    private void accepted(String orderNo) {
        assertThat(says("desk", "parcel.accepted", orderNo, clock.instant()).status())
                .isEqualTo(200);
    }

    private long statuses(String orderNo, String code) {
        return PARTNERS.calls("/gov/status", waybill(orderNo)).stream()
                .filter(c -> c.json().path("op_code").asText().equals(code))
                .count();
    }

    @Test
    void a_yes_is_accepted_and_carries_an_idempotency_key() {
        String orderNo = rested();
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("ACCEPTED 1"));
        assertThat(PARTNERS.calls("/gov/status", waybill(orderNo)))
                .allMatch(c -> c.idempotencyKey().startsWith(orderNo + "-"));
    }

    @Test
    void a_partner_in_trouble_is_asked_again_and_each_attempt_is_one_call() {
        String orderNo = rested();
        PARTNERS.script("/gov/status", waybill(orderNo), say(500, "{}"), say(429, "{}"), say(503, "{}"));
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).startsWith("ACCEPTED 4"));
        assertThat(statuses(orderNo, "203")).isEqualTo(4);
    }

    @Test
    void a_partner_that_names_a_time_is_left_alone_until_then() {
        String orderNo = rested();
        PARTNERS.script("/gov/status", waybill(orderNo), say(429, "Retry-After", "1800", "{}"));
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("RETRY 1 HTTP 429"));
        assertThat(count(
                        "select extract(epoch from max(next_attempt_at) - now())::bigint from effect where subject = ? and door = ?",
                        id(orderNo),
                        GOV))
                .isBetween(1700L, 1980L);
    }

    @Test
    void one_that_is_dead_holds_up_a_ticket_and_nothing_else() {
        String orderNo = rested();
        owed(
                orderNo,
                "ticket-send-entry",
                "contact:hz-gm",
                "{\"action\":\"open\",\"level\":\"3\"}",
                "DEAD",
                "1 minute");
        owed(
                orderNo,
                "ticket-send-entry",
                "contact:nb-gm",
                "{\"action\":\"comment\",\"level\":\"2\"}",
                "PENDING",
                "1 minute");
        owed(orderNo, GOV, "x", "{}", "DEAD", "1 minute");
        owed(orderNo, GOV, "y", "{}", "PENDING", "1 minute");
        awaiting(() -> assertThat(effects(orderNo)).contains(GOV + ">y:ACCEPTED"));
        assertThat(effects(orderNo))
                .contains("ticket-send-entry>contact:hz-gm:DEAD", "ticket-send-entry>contact:nb-gm:PENDING");
    }

    @Test
    void a_no_is_for_a_person_and_its_words_are_not_kept() {
        String orderNo = rested();
        PARTNERS.script("/gov/status", waybill(orderNo), say(400, "{\"msg\":\"张小三 13812345678\"}"));
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("DEAD 1 HTTP 400"));
        assertThat(statuses(orderNo, "203")).isEqualTo(1);
    }

    @Test
    void an_answer_that_is_lost_is_asked_for_again_where_the_partner_takes_twice_for_once() {
        String orderNo = rested();
        PARTNERS.script("/gov/status", waybill(orderNo), lost());
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).startsWith("ACCEPTED 2"));
        assertThat(statuses(orderNo, "203")).isEqualTo(2);
    }

    @Test
    void an_answer_that_is_lost_is_never_sent_again_blindly() {
        String orderNo = rested();
        PARTNERS.script("/sms/SendSms", waybill(orderNo), lost());
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("UNKNOWN 1 "));
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("ACCEPTED 1"));
        assertThat(PARTNERS.calls("/sms/SendSms", waybill(orderNo))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Welcome</body></html>", "{\"code\":\"A0001\"}", "{}", "", "[]", "null"})
    void what_is_no_yes_is_never_accepted(String body) {
        String orderNo = rested();
        PARTNERS.script("/gov/status", waybill(orderNo), say(200, "text/html", body));
        PARTNERS.script("/sms/SendSms", waybill(orderNo), say(200, "text/html", body));
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).startsWith("ACCEPTED 2"));
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("UNKNOWN 1 "));
    }

    @Test
    void a_no_for_now_is_sent_again_later() {
        String orderNo = rested();
        PARTNERS.script(
                "/sms/SendSms",
                waybill(orderNo),
                say(200, "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\",\"Message\":\"触发天级流控Permits:50\"}"));
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, SMS))
                .startsWith("RETRY 1 ")
                .endsWith("the SMS gateway does not take it now: isv.BUSINESS_LIMIT_CONTROL"));
        assertThat(db.sql(
                                "select extract(epoch from next_attempt_at - now()) / 3600 from effect where subject = ? and door = ?")
                        .params(id(orderNo), SMS)
                        .query(Double.class)
                        .single())
                .isBetween(23.9, 26.5);
        db.sql("update effect set next_attempt_at = now() where subject = ? and door = ?")
                .params(id(orderNo), SMS)
                .update();
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 2"));
        assertThat(PARTNERS.calls("/sms/SendSms", waybill(orderNo))).hasSize(2);
    }

    @Test
    void a_closed_port_is_tried_again_even_where_nothing_may_be_sent_twice() throws Exception {
        PARTNERS.switchOffPrinter();
        String orderNo;
        try {
            orderNo = ordered();
            awaiting(() -> assertThat(effect(orderNo, "printer-print-label")).startsWith("RETRY "));
        } finally {
            PARTNERS.switchOnPrinter();
        }
        awaiting(() -> assertThat(effect(orderNo, "printer-print-label")).startsWith("ACCEPTED "));
        awaiting(() -> assertThat(PARTNERS.printed(waybill(orderNo))).hasSize(1));
    }

    @Test
    void what_never_connected_was_never_sent() {
        var once = new Verdict.Patience(false, Duration.ofSeconds(2), Duration.ofMinutes(10), 60, null);
        assertThat(Verdict.of(new ConnectException("no"), true, false, 1, once).state())
                .isEqualTo("RETRY");
        assertThat(Verdict.of(new java.net.SocketTimeoutException("no"), true, false, 1, once)
                        .state())
                .isEqualTo("UNKNOWN");
        assertThat(Verdict.of(new PartnerSaidNo(503, null), true, false, 60, once)
                        .state())
                .isEqualTo("DEAD");
        assertThat(Verdict.of(new PartnerSaidNo(503, null), true, false, 59, once)
                        .after())
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Test
    void an_orders_second_effect_at_one_door_waits_for_its_first() {
        String orderNo = rested();
        String other = rested();
        CountDownLatch gate = new CountDownLatch(1);
        PARTNERS.script("/gov/status", waybill(orderNo), held(gate, say(200, "{\"code\":\"00000\"}")));
        accepted(orderNo);
        awaiting(() -> assertThat(statuses(orderNo, "203")).isEqualTo(1));
        says("desk", "parcel.in-transit", orderNo, clock.instant());
        // What is owed after it at another door is paid: the relay has come by and has passed over the second.
        accepted(other);
        awaiting(() -> assertThat(effect(other, SMS)).isEqualTo("ACCEPTED 1"));
        assertThat(effect(orderNo, GOV)).isEqualTo("PENDING 0");
        gate.countDown();
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("ACCEPTED 1"));
        assertThat(PARTNERS.calls("/gov/status", waybill(orderNo)))
                .extracting(c -> c.json().path("op_code").asText())
                .containsExactly("001", "203", "305");
    }

    private long owed(String orderNo, String door, String addressee, String args, String state, String ago) {
        long effect = count("select nextval('songda_id')");
        db.sql(
                        """
                        insert into effect (subject, id, fact_id, door, addressee, args, state, attempt, planned_at, changed_at)
                        select subject, ?, id, ?, ?, ?::jsonb, ?, ?, now(), now() - ?::interval
                        from fact where subject = ? and name = 'waybill.assigned'""")
                .params(effect, door, addressee, args, state, state.equals("SENDING") ? 1 : 0, ago, id(orderNo))
                .update();
        return effect;
    }

    @Test
    void a_manager_who_may_or_may_not_have_been_told_holds_up_no_other_manager() {
        String orderNo = rested();
        String args = "{\"template\": \"level-3\"}";
        owed(orderNo, "sms-send-alert", "contact:nobody-1", args, "UNKNOWN", "1 minute");
        owed(orderNo, "sms-send-alert", "contact:hz-gm", args, "PENDING", "1 minute");
        awaiting(() -> assertThat(effects(orderNo)).contains("sms-send-alert>contact:hz-gm:ACCEPTED"));
    }

    @Test
    void what_kafka_lost_is_relayed_again_and_what_a_dead_node_was_sending_is_asked_for_or_repeated() {
        String orderNo = rested();
        int before = PARTNERS.calls("/gov/status", waybill(orderNo)).size();
        owed(orderNo, "postal-request-pickup", "", "{}", "RELAYED", "2 minutes");
        owed(orderNo, GOV, "x", "{}", "SENDING", "2 minutes");
        owed(orderNo, "sms-send-alert", "contact:hz-gm", "{\"template\":\"level-3\"}", "SENDING", "2 minutes");
        awaiting(() -> assertThat(effect(orderNo, "postal-request-pickup")).isEqualTo("ACCEPTED 1"));
        awaiting(() ->
                assertThat(effect(orderNo, "sms-send-alert")).isEqualTo("UNKNOWN 1 the hub stopped while sending"));
        assertThat(PARTNERS.calls("/sms/SendSms", waybill(orderNo))).isEmpty();
        awaiting(() -> assertThat(effect(orderNo, GOV)).startsWith("ACCEPTED 2"));
        assertThat(PARTNERS.calls("/gov/status", waybill(orderNo))).hasSize(before + 1);
    }

    @Test
    void a_stale_copy_of_a_record_sends_nothing() throws Exception {
        String orderNo = rested();
        long sent = count("select id from effect where subject = ? and door = ?", id(orderNo), GOV);
        try (KafkaProducer<byte[], byte[]> kafka = producer()) {
            for (int i = 0; i < 3; i++) {
                kafka.send(record(String.valueOf(id(orderNo)), String.valueOf(sent)))
                        .get();
            }
        }
        // The same key goes to the same partition: behind the copies.
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("ACCEPTED 1"));
        assertThat(statuses(orderNo, "001")).isEqualTo(1);
        assertThat(db.sql("select attempt from effect where id = ?")
                        .param(sent)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void garbage_on_a_doors_topic_is_skipped() throws Exception {
        String orderNo = rested();
        String key = String.valueOf(id(orderNo));
        allowLargeRecords();
        ByteArrayOutputStream java = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(java)) {
            out.writeObject(List.of("a", "b"));
        }
        try (KafkaProducer<byte[], byte[]> kafka = producer()) {
            kafka.send(record(key, null)).get();
            kafka.send(record(null, null)).get();
            kafka.send(record(key, "not a number")).get();
            kafka.send(record(key, "999999999999999999999999")).get();
            kafka.send(record(key, "-1")).get();
            kafka.send(new ProducerRecord<>("songda." + GOV, key.getBytes(StandardCharsets.UTF_8), java.toByteArray()))
                    .get();
            kafka.send(new ProducerRecord<>(
                            "songda." + GOV, key.getBytes(StandardCharsets.UTF_8), new byte[5 * 1024 * 1024]))
                    .get();
        }
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, GOV)).isEqualTo("ACCEPTED 1"));
    }

    private static ProducerRecord<byte[], byte[]> record(String key, String value) {
        return new ProducerRecord<>("songda." + GOV, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", TestParts.brokers(), "max.request.size", 8 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void allowLargeRecords() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestParts.brokers()))) {
            Collection<AlterConfigOp> larger = List.of(new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", String.valueOf(8 * 1024 * 1024)), AlterConfigOp.OpType.SET));
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "songda." + GOV), larger))
                    .all()
                    .get();
        }
    }
}
