package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "effects",
        description = "查看和了结要做的事 / looks at effects and settles them",
        footer = {
            "",
            "songda effects list --state UNKNOWN --door mail-send-escalation",
            "songda effects settle 42017-42330 --as accepted --reason 已电话核实收到"
        })
final class EffectsCommand {

    private static final String ALL = "/api/v1/effects";
    private static final String LINE = "%-28s %-18s %-24s %-22s %-9s %7s %s%n";

    /** How an effect is settled by hand. */
    enum As {
        accepted,
        retry,
        dead
    }

    @Command(name = "list", description = "列出待人处理的事 / lists what waits for a person or for a partner's answer")
    int list(
            @Mixin Hub hub,
            @Option(names = "--state", description = "UNKNOWN DEAD；有 --order 时任一状态 / any with --order") String state,
            @Option(names = "--door", description = "门 / door") String door,
            @Option(names = "--order", description = "订单号，列出它的全部 / order number: all of it") String order,
            @Option(names = "--most", description = "至多几条 / at most (${DEFAULT-VALUE})", defaultValue = "200")
                    int most) {
        System.out.printf(LINE, "id", "about", "door", "to", "state", "attempt", "reason");
        String cursor = null;
        int shown = 0;
        do {
            JsonNode page = hub.get(ALL + query(state, door, order, cursor));
            for (JsonNode one : page.path("effects")) {
                System.out.printf(
                        LINE,
                        one.path("id").asText(),
                        one.path("about").asText(),
                        one.path("door").asText(),
                        one.path("to").asText(),
                        one.path("state").asText(),
                        one.path("attempt").asText(),
                        one.path("reason").asText(""));
                shown++;
            }
            cursor = page.path("next").asText(null);
        } while (cursor != null && shown < most);
        System.out.println(cursor == null ? shown + " 条 / in all" : shown + " 条，还有 / and there are more");
        return 0;
    }

    private static String query(String state, String door, String order, String cursor) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        add(query, "state", state);
        add(query, "door", door);
        add(query, "orderNo", order);
        add(query, "cursor", cursor);
        return query.toString();
    }

    private static void add(StringJoiner query, String name, String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    @Command(name = "show", description = "一件事和对它做过的改动 / one effect with what was done to it by hand")
    int show(@Mixin Hub hub, @Parameters(paramLabel = "<id>") String id) {
        return DeadlinesCommand.print(hub.get(ALL + "/" + id));
    }

    @Command(name = "settle", description = "人工了结 / settles it by hand")
    int settle(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(
                            names = "--as",
                            required = true,
                            description = "accepted 已收到 / it arrived，retry 再发 / send again，dead 作罢 / give it up")
                    As as,
            @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
                    String reason) {
        return DeadlinesCommand.print(hub.post(
                ALL + "/" + id + "/settle",
                JsonNodeFactory.instance.objectNode().put("as", as.name()).put("reason", reason)));
    }
}
