package songda.receipt85;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hub's patrol and a stranger who was given the same WSDL. */
class ForeignServerTest extends Patrolling {

    private ForeignServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ForeignServer();
        PARTNERS.relay("receipt85", server.port());
    }

    @AfterEach
    void stop() throws Exception {
        PARTNERS.relay("receipt85", 0);
        server.close();
    }

    @Test
    void it_is_logged_in_to_read_in_pages_and_a_session_that_ended_is_begun_anew() throws Exception {
        String good = walkedTo("䶮㙍𠮷", false);
        String wrong = walkedTo("张小三", false);
        for (int i = 0; i < 199; i++) {
            server.row("11033114867" + (100 + i), "00", "", local(now));
        }
        server.row(waybill(wrong), "20", "李四", local(now));
        server.row(waybill(good), "20", "䶮㙍𠮷", local(now));
        patrol();
        covers();
        assertThat(facts(good)).contains("receipt.returned").doesNotContain("receipt.wrong");
        assertThat(facts(wrong)).containsOnlyOnce("receipt.wrong");
        server.endSessions();
        nextTurn();
        patrol();
        covers();
        assertThat(asked()).startsWith("ACCEPTED 2");
    }

    /** A stranger's server takes long to warm up. */
    private void covers() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(covered()).as(asked()).isTrue());
    }
}
