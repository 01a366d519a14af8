package songda.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import songda.failure.Refused;
import songda.mapping.Mapping;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;

@Command(
        name = "price",
        description = {
            "按价目表（mappings/tariff）询价：逐项金额、条款、价目表的行，或不能寄的理由 / what it costs by the price list, line by line with rule and row",
            "缺省只读文件；--online 问运行中的送达。有被拒绝的退出码 1 / reads files only unless --online; 1 where something was refused"
        },
        footer = {
            "",
            "songda price --from 330109 --to 330203 --receipt PHYSICAL",
            "songda price --from 330109 --to 310101 --payer SENDER --client 11330109MB1A2B3C4H --weight 800 --online",
            "songda price --file requests.json --format json"
        })
final class PriceCommand implements Callable<Integer> {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Mixin
    private Hub hub;

    @ArgGroup(multiplicity = "1")
    private Asked asked;

    static final class Asked {
        @Option(names = "--file", description = "询价，JSON，一个或一列 / requests as JSON, one or a list")
        private Path file;

        @ArgGroup(exclusive = false)
        private One one;
    }

    static final class One {
        @Option(names = "--from", required = true, description = "寄件区县六位代码 / the office's county, 6 digits")
        private String from;

        @Option(names = "--to", required = true, description = "收件区县六位代码 / the recipient's county, 6 digits")
        private String to;

        @Option(names = "--service", description = "SINGLE 单程、DOUBLE 双程 (${DEFAULT-VALUE})", defaultValue = "SINGLE")
        private String service;

        @Option(
                names = "--receipt",
                description = "NONE、PHYSICAL、ELECTRONIC、OWN_FORM (${DEFAULT-VALUE})",
                defaultValue = "NONE")
        private String receipt;

        @Option(names = "--payer", description = "RECIPIENT、SENDER (${DEFAULT-VALUE})", defaultValue = "RECIPIENT")
        private String payer;

        @Option(names = "--client", description = "单位统一社会信用代码 / the unit's credit code")
        private String client;

        @Option(names = "--weight", description = "克 / grams")
        private Integer weight;

        @Option(names = "--declared", description = "申报价值，元 / declared value, yuan")
        private BigDecimal declared;

        @Option(names = "--collect", description = "代收的费用，元 / a fee to collect, yuan")
        private BigDecimal collect;

        @Option(names = "--extras", split = ",", description = "SMS、FORM、SPECIAL_FORM、COVER")
        private List<String> extras;

        @Option(names = "--day", description = "收寄日期，缺省今天 / day of acceptance, today unless given")
        private String day;

        JsonNode json() {
            ObjectNode json = JSON.createObjectNode();
            String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
            json.put("day", day == null ? today : day).put("from", from).put("to", to);
            json.put("service", service).put("receipt", receipt).put("payer", payer);
            put(json, "client", client == null ? null : JSON.getNodeFactory().textNode(client));
            put(json, "weight", weight == null ? null : JSON.getNodeFactory().numberNode(weight));
            put(
                    json,
                    "declaredValue",
                    declared == null ? null : JSON.getNodeFactory().numberNode(declared));
            put(
                    json,
                    "feeToCollect",
                    collect == null ? null : JSON.getNodeFactory().numberNode(collect));
            if (extras != null) {
                extras.forEach(json.withArrayProperty("extras")::add);
            }
            return json;
        }

        private static void put(ObjectNode json, String name, JsonNode value) {
            if (value != null) {
                json.set(name, value);
            }
        }
    }

    @Option(names = "--online", description = "问运行中的送达 / asks the running hub")
    private boolean online;

    @Option(names = "--format", description = "text、json (${DEFAULT-VALUE})", defaultValue = "text")
    private String format;

    @Option(names = "--in", description = "映射的目录 / the mappings (${DEFAULT-VALUE})", defaultValue = "mappings")
    private Path mappings;

    @Override
    public Integer call() {
        Mapping price = online ? null : new Mappings(mappings, Set.of("tariff/price")).get("tariff/price");
        int refused = 0;
        for (JsonNode one : requests()) {
            try {
                show(
                        price == null
                                ? hub.post("/api/v1/prices", one)
                                : (JsonNode) price.translate(one, OnBreach.REFUSE));
            } catch (Refused e) {
                refused++;
                e.problem()
                        .fields()
                        .forEach(f -> System.out.println("不能寄 / refused  " + f.path() + "  " + f.message()));
            }
        }
        return refused == 0 ? 0 : 1;
    }

    private Iterable<JsonNode> requests() {
        if (asked.one != null) {
            return List.of(asked.one.json());
        }
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(asked.file));
            return read.isArray() ? read : List.of(read);
        } catch (IOException e) {
            throw new Commands.Problem(asked.file + "：读不到，或不是 JSON / cannot be read, or is no JSON");
        }
    }

    private void show(JsonNode price) {
        if (format.equals("json")) {
            System.out.println(price);
            return;
        }
        price.path("lines")
                .forEach(line -> System.out.printf(
                        "%10s  %s / %s  %s  %s%s%n",
                        yuan(line.path("amount")),
                        line.path("zh").asText(),
                        line.path("en").asText(),
                        line.path("rule").asText(),
                        line.path("row").asText(),
                        line.has("flag") ? "  ▲ " + line.path("flag").asText() : ""));
        System.out.printf(
                "%10s  合计，元 / total, CNY；代收 / collected %s；门口共付 / at the door %s%n",
                yuan(price.path("total")), yuan(price.path("collected")), yuan(price.path("atTheDoor")));
    }

    static String yuan(JsonNode amount) {
        return new BigDecimal(amount.asText()).setScale(2).toPlainString();
    }
}
