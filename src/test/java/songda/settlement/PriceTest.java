package songda.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import songda.failure.Refused;
import songda.failure.Unmappable;
import songda.mapping.Mapping;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;

/** The price engine against a second calculation, which reads annex 2 by hand and shares neither table nor arithmetic with it (R88–R98, R04). */
class PriceTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int REQUESTS = 2000;
    private static final long SEED = 20261127;
    private static final List<String> FROM = List.of("330109", "330110", "330203", "330302", "331002");
    private static final List<String> TO =
            List.of("330109", "330110", "330203", "330302", "331002", "310101", "360102", "110101", "510104", "650102");
    private static final List<String> CLIENTS =
            List.of("11330109MB1A2B3C4H", "11330109MB0000000X", "113301090000000001", "113302030000000002");
    /** By client and place: the contract's price, cheap or dear; the last one has a price for receipts and insurance, too. */
    private static final String CONTRACTS =
            """
            row,client,item,scope,zone,amount,each,rate,validFrom,validTo
            a,11330109MB1A2B3C4H,POSTAGE,CITY,,7.35,,,2026-01-01,2026-06-30
            b,11330109MB1A2B3C4H,POSTAGE,CITY,,8.05,,,2026-07-01,
            c,11330109MB0000000X,POSTAGE,PROVINCE,,12.00,,,,
            d,11330109MB0000000X,POSTAGE,NATION,3,18.00,7.77,,,
            e,113301090000000001,PHYSICAL,PROVINCE,,2.50,,,2026-03-01,
            f,113301090000000001,INSURANCE,,,,,0.004,,
            """;

    @TempDir
    Path folder;

    private Mapping price;

    @BeforeEach
    void lay() throws IOException {
        for (String part : List.of("tariff", "gov/region")) {
            FileSystemUtils.copyRecursively(Path.of("mappings", part), folder.resolve(part));
        }
        Files.writeString(folder.resolve("tariff/contracts.csv"), CONTRACTS);
        price = engine();
    }

    private Mapping engine() {
        return new Mappings(folder, Set.of("tariff/price")).get("tariff/price");
    }

    private JsonNode of(ObjectNode request) {
        return (JsonNode) price.translate(request, OnBreach.REFUSE);
    }

    @Test
    void two_thousand_random_requests_cost_what_a_second_calculation_says() {
        Random random = new Random(SEED);
        int refused = 0;
        int flagged = 0;
        for (int i = 0; i < REQUESTS; i++) {
            ObjectNode request = random(random);
            Second second = Second.of(request);
            if (second.refused()) {
                refused++;
                assertThatThrownBy(() -> of(request))
                        .as(request.toString())
                        .isInstanceOfSatisfying(
                                Refused.class, e -> assertThat(e.problem().fields())
                                        .anyMatch(f -> f.path().equals("/service")
                                                && f.message().startsWith("DOUBLE_NOT_OFFERED")
                                                && f.message().contains("R91")));
                continue;
            }
            JsonNode answer = of(request);
            assertThat(answer.path("total").decimalValue())
                    .as("%s: %s", request, answer)
                    .isEqualTo(second.total());
            assertThat(answer.path("collected").decimalValue()).isEqualTo(second.collected());
            assertThat(answer.path("atTheDoor").decimalValue()).isEqualTo(second.atTheDoor());
            assertThat(answer.path("aboveReference").booleanValue())
                    .as("%s: %s", request, answer)
                    .isEqualTo(second.above());
            assertThat(answer.path("lines").findValuesAsText("amount").stream()
                            .map(BigDecimal::new)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(second.total());
            assertThat(answer.path("lines"))
                    .allMatch(line -> line.path("rule").asText().matches("R(88|9[0-8])")
                            && !line.path("row").asText().isEmpty());
            flagged += second.above() ? 1 : 0;
        }
        assertThat(refused).isBetween(100, REQUESTS / 2);
        assertThat(flagged).isPositive();
    }

    private static ObjectNode random(Random random) {
        ObjectNode request = JSON.objectNode()
                .put("day", "2026-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28)))
                .put("from", any(FROM, random))
                .put("to", any(TO, random))
                .put("service", random.nextInt(3) == 0 ? "DOUBLE" : "SINGLE")
                .put("receipt", any(List.of("NONE", "PHYSICAL", "ELECTRONIC", "OWN_FORM"), random))
                .put("payer", random.nextBoolean() ? "SENDER" : "RECIPIENT");
        if (random.nextBoolean()) {
            request.put("client", any(CLIENTS, random));
        }
        if (random.nextBoolean()) {
            request.put("weight", any(List.of(1, 499, 500, 501, 1000, 1001, 2500, 30000), random));
        }
        if (random.nextBoolean()) {
            request.put("declaredValue", fen(random.nextInt(100_000_000)));
        }
        if (random.nextInt(3) == 0) {
            request.put("feeToCollect", fen(random.nextInt(100_000)));
        }
        if (random.nextInt(3) == 0) {
            request.putArray("extras").add("SMS").add("COVER");
        }
        return request;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static BigDecimal fen(long fen) {
        return BigDecimal.valueOf(fen, 2);
    }

    /** Annex 2 read by hand, in whole fen. */
    private record Second(
            boolean refused, BigDecimal total, BigDecimal collected, BigDecimal atTheDoor, boolean above) {

        private static final Map<String, Integer> ZONES = Map.of("31", 1, "36", 2, "11", 3, "51", 4, "65", 5);
        private static final long[] EACH = {0, 400, 600, 900, 1000, 1700};

        static Second of(JsonNode r) {
            String from = r.path("from").asText();
            String to = r.path("to").asText();
            String client = r.path("client").asText();
            String day = r.path("day").asText();
            boolean city = from.startsWith(to.substring(0, 4));
            boolean province = !city && to.startsWith("33");
            boolean twice = r.path("service").asText().equals("DOUBLE");
            if (twice && !city && !province) {
                return new Second(true, null, null, null, false);
            }
            List<Long> reference = new ArrayList<>();
            List<Long> charged = new ArrayList<>();
            int zone = city || province ? 0 : ZONES.get(to.substring(0, 2));
            int grams = r.path("weight").asInt(1);
            long steps = zone == 0 ? 0 : Math.max(0, Math.floorDiv(grams - 1, 500));
            long first = city ? 800 : province ? 1000 : 2000;
            long usual = (first + steps * EACH[zone]) * (twice ? 2 : 1);
            long mine = usual;
            if (city && client.equals("11330109MB1A2B3C4H")) {
                mine = (day.compareTo("2026-07-01") < 0 ? 735 : 805) * (twice ? 2L : 1L);
            } else if (province && client.equals("11330109MB0000000X")) {
                mine = 1200 * (twice ? 2L : 1L);
            } else if (zone == 3 && client.equals("11330109MB0000000X")) {
                mine = 1800 + steps * 777;
            }
            reference.add(usual);
            charged.add(mine);
            String receipt = r.path("receipt").asText();
            boolean paper = receipt.equals("PHYSICAL") || receipt.equals("OWN_FORM");
            long slip = paper && !city ? 300 : 0;
            boolean agreed = receipt.equals("PHYSICAL")
                    && province
                    && client.equals("113301090000000001")
                    && day.compareTo("2026-03-01") >= 0;
            reference.add(slip);
            charged.add(agreed ? 250 : slip);
            BigDecimal value = r.has("declaredValue") ? r.path("declaredValue").decimalValue() : BigDecimal.ZERO;
            reference.add(share(value, "0.5"));
            charged.add(share(value, client.equals("113301090000000001") ? "0.4" : "0.5"));
            boolean above = false;
            long total = 0;
            for (int i = 0; i < charged.size(); i++) {
                above |= charged.get(i) > reference.get(i);
                total += charged.get(i);
            }
            BigDecimal collected = r.has("feeToCollect")
                    ? r.path("feeToCollect").decimalValue().setScale(2)
                    : fen(0);
            boolean recipient = r.path("payer").asText().equals("RECIPIENT");
            return new Second(
                    false, fen(total), collected, recipient ? fen(total).add(collected) : collected, above);
        }

        /** A percentage of yuan, in fen: yuan times 100 fen times percent over 100. */
        private static long share(BigDecimal yuan, String percent) {
            return yuan.multiply(new BigDecimal(percent))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
    }

    @Test
    void a_price_changed_from_a_day_on_by_two_lines_of_the_table() throws IOException {
        Path table = folder.resolve("tariff/postage.csv");
        Files.writeString(
                table,
                Files.readString(table)
                        .replace(
                                "city-2017,CITY,,8.00,,,,2,2017-04-26,,",
                                "city-2017,CITY,,8.00,,,,2,2017-04-26,2026-12-31,")
                        .concat("city-2027,CITY,,6.80,,,,2,2027-01-01,,R88,从 2027 年起\n"));
        price = engine();
        assertThat(of(city("2026-12-31")).path("total").asText()).isEqualTo("8.00");
        JsonNode next = of(city("2027-01-01"));
        assertThat(next.path("total").asText()).isEqualTo("6.80");
        assertThat(next.at("/lines/0/row").asText()).isEqualTo("city-2027");
    }

    @Test
    void two_prices_for_one_day_are_a_fault_of_the_table_and_no_price() throws IOException {
        Path table = folder.resolve("tariff/postage.csv");
        Files.writeString(table, Files.readString(table) + "city-2027,CITY,,6.80,,,,2,2027-01-01,,R88,忘了结束旧行\n");
        price = engine();
        assertThatThrownBy(() -> of(city("2027-01-01")))
                .isInstanceOf(Unmappable.class)
                .hasMessageContaining("'city-2017' and 'city-2027' are valid on the same day");
    }

    private static ObjectNode city(String day) {
        return JSON.objectNode()
                .put("day", day)
                .put("from", "330109")
                .put("to", "330110")
                .put("service", "SINGLE")
                .put("receipt", "NONE")
                .put("payer", "SENDER");
    }
}
