package songda.receipt85;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's patrol and a stranger who was given the same WSDL. */
class ForeignServerTest extends Patrolling {

    private ForeignServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = new ForeignServer(folder);
        PARTNERS.relay("receipt85", server.port());
    }

    @AfterEach
    void stop() throws Exception {
        PARTNERS.relay("receipt85", 0);
        server.close();
    }

    private void receipt(String waybill, String status, String signer) {
        ForeignServer.Receipt receipt = new ForeignServer.Receipt();
        receipt.mail_num = waybill;
        receipt.receipt_mail_num = "1103311486731";
        receipt.sign_sts_code = "W";
        receipt.signer_name = signer;
        receipt.receipt_sts = status;
        receipt.op_time = local(now);
        receipt.serialnumber = "CXF-" + waybill;
        receipt.effect = "1";
        server.add(receipt);
    }

    @Test
    void it_is_logged_in_to_read_in_pages_and_a_session_that_ended_is_begun_anew() {
        String good = walkedTo("䶮㙍𠮷", false);
        String wrong = walkedTo("张小三", false);
        for (int i = 0; i < 199; i++) {
            receipt("11033114867" + (100 + i), "00", "");
        }
        receipt(waybill(wrong), "20", "李四");
        receipt(waybill(good), "20", "䶮㙍𠮷");
        patrol();
        covers();
        assertThat(facts(good)).contains("receipt.returned").doesNotContain("receipt.wrong");
        assertThat(facts(wrong)).containsOnlyOnce("receipt.wrong");
        server.bean.endSessions();
        nextTurn();
        patrol();
        covers();
        assertThat(asked()).startsWith("ACCEPTED 2");
    }

    /** A stranger's server takes long to warm up. */
    private void covers() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(covered())
                .isTrue());
    }
}
