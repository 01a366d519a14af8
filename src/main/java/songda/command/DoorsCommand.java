package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doors",
        description = "查看和放行停了的门 / looks at stopped doors and opens them",
        footer = {"", "songda doors list", "songda doors open sms-send-notice --reason 账户已充值"})
final class DoorsCommand {

    private static final String ALL = "/api/v1/doors";
    private static final String LINE = "%-24s %-26s %-26s %8s %s%n";

    @Command(
            name = "list",
            description =
                    "列出停了的门：自何时、何时自行重试、积了多少、为什么 / lists those that are stopped: since when, until when, what waits,"
                            + " why")
    int list(@Mixin Hub hub) {
        JsonNode doors = hub.get(ALL).path("doors");
        System.out.printf(LINE, "door", "since", "until", "waiting", "reason");
        for (JsonNode one : doors) {
            System.out.printf(
                    LINE,
                    one.path("door").asText(),
                    one.path("stoppedAt").asText(),
                    one.path("until").asText(),
                    one.path("waiting").asText(),
                    one.path("reason").asText());
        }
        System.out.println(doors.size() + " 个 / in all");
        return 0;
    }

    @Command(name = "open", description = "放行：事情已处理好，立刻再发 / opens it: the matter is put right, it is tried at once")
    int open(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<door>") String door,
            @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
                    String reason) {
        return DeadlinesCommand.print(hub.post(
                ALL + "/" + door + "/open",
                JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }
}
