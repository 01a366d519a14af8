package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "deadlines", description = "查看和改动时限 / looks at deadlines and changes them")
final class DeadlinesCommand {

    private static final String ALL = "/api/v1/deadlines";
    private static final String REASON = "原因，留审计记录 / the reason, which is audited";

    @Command(name = "list", description = "列出时限 / lists deadlines")
    int list(
            @Mixin Hub hub,
            @Option(names = "--ladder", description = "阶梯 / ladder") String ladder,
            @Option(names = "--state", description = "OPEN PAUSED PARKED FIRED CLOSED CANCELLED") String state,
            @Option(names = "--order", description = "订单号 / order number") String order,
            @Option(names = "--most", description = "至多几条 / at most (${DEFAULT-VALUE})", defaultValue = "200")
                    int most) {
        System.out.printf("%-28s %-18s %-32s %-25s %-9s %s%n", "id", "about", "ladder/rung", "due", "state", "reports");
        String cursor = null;
        int shown = 0;
        do {
            JsonNode page = hub.get(ALL + query(ladder, state, order, cursor));
            for (JsonNode one : page.path("deadlines")) {
                System.out.printf(
                        "%-28s %-18s %-32s %-25s %-9s %s%n",
                        one.path("id").asText(),
                        one.path("about").asText(),
                        one.path("ladder").asText() + "/" + one.path("rung").asText(),
                        one.path("due").asText(),
                        one.path("state").asText(),
                        one.path("reports").asText());
                shown++;
            }
            cursor = page.path("next").asText(null);
        } while (cursor != null && shown < most);
        System.out.println(cursor == null ? shown + " 条 / in all" : shown + " 条，还有 / and there are more");
        return 0;
    }

    private static String query(String ladder, String state, String order, String cursor) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        add(query, "ladder", ladder);
        add(query, "state", state);
        add(query, "orderNo", order);
        add(query, "cursor", cursor);
        return query.toString();
    }

    private static void add(StringJoiner query, String name, String value) {
        if (value != null) {
            query.add(name + "=" + java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Command(name = "show", description = "一个时限和对它做过的改动 / one deadline with what was done to it")
    int show(@Mixin Hub hub, @Parameters(paramLabel = "<id>") String id) {
        return print(hub.get(ALL + "/" + id));
    }

    @Command(name = "pause", description = "暂停 / pauses it")
    int pause(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return change(hub, id, "pause", reason, null);
    }

    @Command(name = "resume", description = "恢复 / resumes it")
    int resume(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return change(hub, id, "resume", reason, null);
    }

    @Command(name = "cancel", description = "取消 / cancels it")
    int cancel(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return change(hub, id, "cancel", reason, null);
    }

    @Command(name = "bring-forward", description = "提前 / brings it forward")
    int bringForward(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason,
            @Option(names = "--at", description = "到何时，缺省立刻 / to when, now unless given") String at) {
        return change(hub, id, "bring-forward", reason, at);
    }

    @Command(name = "migrate", description = "把开着的时限移到现行阶梯 / moves what is open to the ladder in force")
    int migrate(
            @Mixin Hub hub,
            @Option(names = "--ladder", required = true, description = "阶梯 / ladder") String ladder,
            @Option(names = "--reason", required = true, description = REASON) String reason,
            @Option(names = "--dry-run", description = "只试算 / only counts") boolean dryRun) {
        return print(hub.post(
                ALL + "/migrate",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ladder", ladder)
                        .put("reason", reason)
                        .put("dryRun", dryRun)));
    }

    private static int change(Hub hub, String id, String change, String reason, String at) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        if (at != null) {
            body.put("at", at);
        }
        return print(hub.post(ALL + "/" + id + "/" + change, body));
    }

    static int print(JsonNode answer) {
        System.out.println(answer.toPrettyString());
        return 0;
    }
}
