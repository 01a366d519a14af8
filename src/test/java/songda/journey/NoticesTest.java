package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.lost;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** One person gets one message in an hour, with all that came meanwhile (A47). */
class NoticesTest extends HubTest {

    // A manager whom no other test's orders concern: what others were told meanwhile would be in the same message.
    private static final String ALERT = "sms-send-alert>contact:yy-pm:";
    private static final String PHONE = "19900000103";

    private String walkedThere() {
        return walkedFrom("330281", "13912345678");
    }

    private String complaint(String orderNo, Instant at) {
        assertThat(says("desk", "complaint.received", orderNo, at).status()).isEqualTo(200);
        return waybill(orderNo);
    }

    private long messages(List<String> waybills) {
        return waybills.stream()
                .mapToLong(w -> PARTNERS.calls("/sms/SendSms", w).stream()
                        .filter(c -> c.json().path("PhoneNumbers").asText().equals(PHONE))
                        .count())
                .sum();
    }

    @Test
    void what_comes_within_a_minute_goes_in_one_message_and_what_follows_waits_for_the_hour() {
        List<String> orders = List.of(walkedThere(), walkedThere(), walkedThere());
        String later = walkedThere();
        Instant morning = clock.instant().plus(Duration.ofHours(1));
        clock.set(morning, 0);
        List<String> waybills = orders.stream().map(o -> complaint(o, morning)).toList();
        assertThat(orders).allSatisfy(o -> assertThat(effects(o)).contains(ALERT + "PENDING"));
        assertThat(messages(waybills)).isZero();
        clock.set(morning.plus(Duration.ofMinutes(1)), 0);
        awaiting(() -> assertThat(orders).allSatisfy(o -> assertThat(effects(o)).contains(ALERT + "ACCEPTED")));
        assertThat(messages(waybills)).isEqualTo(1);
        assertThat(waybills.stream()
                        .flatMap(w -> PARTNERS.calls("/sms/SendSms", w).stream())
                        .filter(c -> c.json().path("TemplateCode").asText().equals("SMS_ZW_DIGEST"))
                        .filter(c -> c.json().path("PhoneNumbers").asText().equals(PHONE))
                        .map(c -> c.json().path("TemplateParam").asText()))
                .singleElement()
                .asString()
                .contains("接到投诉×3");
        String waybill = complaint(later, morning.plus(Duration.ofMinutes(2)));
        clock.set(morning.plus(Duration.ofMinutes(60)), 0);
        // What is owed after it to somebody else is sent: this one was passed over.
        awaiting(() -> assertThat(effects(later)).anyMatch(e -> e.startsWith("ticket-send-entry>contact:yy-pm:ACC")));
        assertThat(effects(later)).contains(ALERT + "PENDING");
        clock.set(morning.plus(Duration.ofMinutes(61)), 0);
        awaiting(() -> assertThat(effects(later)).contains(ALERT + "ACCEPTED"));
        assertThat(messages(List.of(waybill))).isEqualTo(1);
    }

    @Test
    void a_message_that_may_have_arrived_is_unknown_for_all_that_it_carried() {
        List<String> orders = List.of(walkedThere(), walkedThere());
        Instant morning = clock.instant();
        clock.set(morning, 0);
        // Two persons and each recipient are told, in any order: whoever comes, the answer is lost.
        orders.forEach(o -> PARTNERS.script("/sms/SendSms", waybill(o), lost(), lost(), lost()));
        orders.forEach(o -> complaint(o, morning));
        clock.set(morning.plus(Duration.ofMinutes(1)), 0);
        awaiting(() -> assertThat(orders).allSatisfy(o -> assertThat(effects(o)).contains(ALERT + "UNKNOWN")));
        assertThat(messages(orders.stream().map(this::waybill).toList())).isEqualTo(1);
    }
}
