package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** A complaint is a second one also when it is about another item of the same recipient (R81, A14). */
class RepeatedComplaintTest extends HubTest {

    private static final String PROVINCE = "sms-send-alert>contact:zj-affairs";

    private List<String> complains(String orderNo) {
        assertThat(says("desk", "complaint.received", orderNo, clock.instant()).status())
                .isEqualTo(200);
        return effects(orderNo).stream()
                .map(e -> e.replaceFirst(":[A-Z]+$", ""))
                .toList();
    }

    @Test
    void the_province_hears_of_a_second_complaint_of_one_person_about_another_item() {
        String first = walkedTo("13912340001");
        String second = walkedTo("13912340001");
        String somebodyElse = walkedTo("13912340002");
        assertThat(complains(first)).doesNotContain(PROVINCE);
        assertThat(complains(somebodyElse)).doesNotContain(PROVINCE);
        assertThat(complains(second)).contains(PROVINCE);
    }

    @Test
    void and_of_two_about_one_item() {
        String order = walkedTo("13912340003");
        assertThat(complains(order)).doesNotContain(PROVINCE);
        clock.set(clock.instant().plusSeconds(60), 1);
        assertThat(complains(order)).contains(PROVINCE);
    }
}
