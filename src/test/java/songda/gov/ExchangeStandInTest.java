package songda.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import songda.HubTest;
import songda.clock.HubClock;
import songda.partners.StandIns;

/** The government network's stand-in leaves rows in its table, and hears from the hub there: two processes and a database between them. */
class ExchangeStandInTest extends HubTest {

    @TempDir
    Path folder;

    @Autowired
    private Environment settings;

    private StandIns gov;

    @Test
    void each_row_is_told_what_became_of_it() throws Exception {
        ObjectNode database = JSON.createObjectNode();
        for (String name : List.of("url", "user", "password")) {
            database.put(name, settings.getRequiredProperty("songda.gov.exchange." + name));
        }
        Path file = Files.writeString(folder.resolve("exchange.json"), database.toString());
        try (StandIns standIns = StandIns.start(
                folder.resolve("journal"),
                URI.create("http://127.0.0.1:" + port),
                folder.resolve("no-keys.json"),
                "--exchange",
                file.toString())) {
            gov = standIns;
            String good = newOrderNo();
            String now = HubClock.local(clock.instant()).substring(0, 19).replace('T', ' ');
            String first = row("{'orderNo': '%s', 'row': {'sendtime': '" + now + "'}}", good);
            told(good, 1, "1", "");
            row("{'orderNo': '%s', 'row': {'sendtime': '" + now + "'}}", good);
            told(good, 2, "1", "");
            assertThat(count("select count(*) from orders where order_no = ?", good))
                    .as("two rows of one order")
                    .isOne();

            told(like("unknown-code"), 1, "2", "/buss_type 未知代码");
            told(like("unknown-county"), 1, "2", "/send_country ");
            told(like("nulls"), 1, "2", "/rcv_name ");
            told(like("half-empty"), 1, "2", "/rcv_name ");
            told(like("line-breaks"), 1, "2", "/recipient/address ");

            String rare = like("rare-characters");
            told(rare, 1, "1", "");
            assertThat(get("desk", ORDERS + "/" + rare)
                            .json()
                            .at("/recipient/name")
                            .asText())
                    .contains("䶮");

            row("{'no': '%s', 'row': {'rcv_name': '李四'}}", first);
            told(good, 3, "2", "/orderNo ");
        }
    }

    private String like(String like) throws Exception {
        String orderNo = newOrderNo();
        row("{'orderNo': '%s', 'like': '" + like + "'}", orderNo);
        return orderNo;
    }

    private String row(String wanted, String number) throws Exception {
        return gov.control("/control/gov/row", wanted.formatted(number).replace('\'', '"'))
                .path("no")
                .asText();
    }

    /** So many answers of the hub for this order stand in the journal, and the last one says so. */
    private void told(String orderNo, int times, String sign, String why) {
        awaiting(() -> {
            List<JsonNode> answers = gov.journal("gov").stream()
                    .filter(line -> line.path("op").asText().equals("order")
                            && line.path("key").asText().equals(orderNo))
                    .map(line -> line.path("answer"))
                    .toList();
            assertThat(answers).hasSize(times);
            JsonNode last = answers.get(times - 1);
            assertThat(last.path("sync_sign").asText()).isEqualTo(sign);
            assertThat(last.path("sync_error_desc").asText("")).contains(why);
            assertThat(last.path("sync_date").asText()).isNotEmpty();
        });
    }
}
