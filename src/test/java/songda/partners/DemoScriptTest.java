package songda.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoScriptTest {
    /** Eight hours lie between a level and the receipt that ends its chase: a third of a second was too little on a busy machine. */
    private static final double HALF_A_DAY_A_SECOND = 43_200;

    @TempDir
    Path folder;

    @Test
    void the_script_plays_twenty_orders_to_their_ends() throws Exception {
        Path keys = folder.resolve("partners.json");
        try (FakeHub hub = new FakeHub(keys, HALF_A_DAY_A_SECOND, post -> false);
                StandIns partners =
                        StandIns.start(folder.resolve("journal"), hub.address(), keys, "--scenario", "demo")) {
            hub.work(partners);
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> partners.control("/scenario").path("done").asBoolean());

            assertThat(hub.wrongs).isEmpty();
            assertThat(hub.climbs())
                    .isEqualTo(Map.of(
                            "ZWDEMO0015", "WRONG_CONTENT []",
                            "ZWDEMO0016", "NO_INFO []",
                            "ZWDEMO0017", "NO_INFO [3]",
                            "ZWDEMO0018", "NO_INFO [3, 2, 1]"));
            assertThat(hub.posts).hasSize(20).containsEntry("ZWDEMO0019", 2);
            assertThat(hub.items.keySet()).allMatch(DemoScriptTest::passesTheCheck);
            assertThat(out_of_order(hub)).isTrue();
            assertThat(hub.sms)
                    .singleElement()
                    .extracting(it -> it.path("content").asText())
                    .asString()
                    .matches("改址#\\d{4}#翁演丁#舟山市普陀区东港街道演示路40号");
            assertCounts(partners.control("/summary").path("counts"));
        }
    }

    private static void assertCounts(JsonNode counts) {
        assertThat(counts.path("orders").path("accepted").asInt()).isEqualTo(20);
        assertThat(counts.path("orders").path("duplicateAnswers").asInt()).isEqualTo(1);
        assertThat(counts.path("waybills").asInt()).isEqualTo(20);
        assertThat(counts.path("pickups").asInt()).isEqualTo(20);
        assertThat(counts.path("labels").path("printed").asInt()).isEqualTo(20);
        assertThat(counts.path("scans").path("byOpCode").toString())
                .isEqualTo("{\"203\":20,\"305\":20,\"306\":20,\"389\":20,\"702\":22,\"704\":19,\"705\":3,\"954\":26}");
        assertThat(counts.path("receipts").path("good").asInt()).isEqualTo(13);
        assertThat(counts.path("receipts").path("wrong").asInt()).isEqualTo(1);
        assertThat(counts.path("chases").path("byReason").toString()).isEqualTo("{\"NO_INFO\":3,\"WRONG_CONTENT\":1}");
    }

    private static boolean out_of_order(FakeHub hub) {
        String waybillNo = hub.items.entrySet().stream()
                .filter(item -> item.getValue().orderNo.equals("ZWDEMO0020"))
                .findFirst()
                .orElseThrow()
                .getKey();
        List<String> order = hub.scanOrder;
        return order.indexOf(waybillNo + " 203") > order.indexOf(waybillNo + " 305")
                && order.indexOf(waybillNo + " 702") > order.indexOf(waybillNo + " 704")
                && order.stream().filter((waybillNo + " 704")::equals).count() == 2;
    }

    /** Domestic EMS: the S10 check over digits 3 to 10 is digit 11. */
    private static boolean passesTheCheck(String number) {
        int[] weights = {8, 6, 4, 2, 3, 5, 9, 7};
        int sum = IntStream.range(0, 8)
                .map(i -> weights[i] * (number.charAt(i + 2) - '0'))
                .sum();
        int check = 11 - sum % 11;
        return number.matches("1\\d{12}") && number.charAt(10) - '0' == (check == 10 ? 0 : check == 11 ? 5 : check);
    }
}
