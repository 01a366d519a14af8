package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "审计记录：列出，核对有没有被改 / what was done to the hub: lists it, and verifies that nothing was changed",
        footer = {
            "",
            "  songda audit list",
            "  songda audit verify",
            "  songda audit verify --head 3f1c…      # 日志里说过的链头 / a head that the log told"
        })
final class AuditCommand {

    private static final String ALL = "/api/v1/audit";

    @Command(name = "list", description = "列出，最新的在前 / lists it, newest first")
    int list(
            @Mixin Hub hub,
            @Option(names = "--most", description = "几条 / how many (${DEFAULT-VALUE})", defaultValue = "50") int most) {
        for (JsonNode one : hub.get(ALL + "?limit=" + most).path("rows")) {
            System.out.println("%6d  %s  %-8s  %-22s  %s %s %s"
                    .formatted(
                            one.path("id").asLong(),
                            one.path("at").asText(),
                            one.path("who").asText(),
                            one.path("what").asText(),
                            one.path("orderNo").isNull()
                                    ? ""
                                    : one.path("orderNo").asText(),
                            one.path("reason").asText(),
                            one.path("detail")));
        }
        return 0;
    }

    @Command(
            name = "verify",
            description =
                    "沿链核对每一条；1：有被改、被删、没有封存的，或链上没有这个链头 / walks along the chain; 1: something was changed, is missing or is not sealed, or the chain"
                            + " has no such head")
    int verify(
            @Mixin Hub hub,
            @Option(names = "--head", description = "日志里说过的链头，十六进制 / a head that the log told, in hex") String head) {
        JsonNode found = hub.get(ALL + "/verification" + (head == null ? "" : "?head=" + head));
        System.out.println("已封存 / sealed " + found.path("sealed").asLong() + "，链头 / head "
                + found.path("head").asText());
        found.path("findings")
                .forEach(one -> System.out.println("第 " + one.path("no").asLong() + " 环 / link，记录 / row "
                        + one.path("id").asText("?") + ": "
                        + words(one.path("what").asText())));
        if (found.path("unsealed").asLong() > 0) {
            System.out.println(found.path("unsealed").asLong()
                    + " 条一分钟前的记录还没有封存 / rows that are older than a minute are not sealed");
        }
        if (found.path("known").isBoolean() && !found.path("known").asBoolean()) {
            System.out.println(
                    "链上没有这个链头：链被重写过，或写错了 / the chain has no such head: it was written anew, or the head is misspelled");
        }
        boolean whole = found.path("broken").asLong() == 0
                && found.path("unsealed").asLong() == 0
                && found.path("known").asBoolean(true);
        System.out.println(whole ? "完好 / whole" : found.path("broken").asLong() + " 处不符 / places do not fit");
        return whole ? 0 : 1;
    }

    private static String words(String what) {
        return switch (what) {
            case "CHANGED" -> "内容被改过，或前面插进过一环 / it was changed, or a link was put in before it";
            case "ROW_MISSING" -> "记录没有了 / the row is gone";
            default -> "这一环没有了 / the link is gone";
        };
    }
}
