package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "preview",
        description =
                "与运行中的配置比较：路由、步骤、阶梯、转换；用发过的报文试新转换，已遮掩；什么也不改 / compares with what runs, tries past messages, masked; changes nothing",
        footer = {
            "",
            "  songda preview .",
            "  songda preview ../proposal --messages 5000",
            "  songda preview . --format json",
            "",
            "0 可以生效 / it can be applied, 2 不能，并说为什么 / it cannot, and why"
        })
final class PreviewCommand implements Callable<Integer> {

    /** For whom. */
    enum Format {
        TEXT,
        JSON
    }

    @Mixin
    private Hub hub;

    @Mixin
    private Proposal proposal;

    @Option(
            names = "--messages",
            description = "试最近多少条发过的报文 / so many past messages (${DEFAULT-VALUE})",
            defaultValue = "1000")
    private int messages;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})", defaultValue = "text")
    private Format format;

    @Override
    public Integer call() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("what", "preview").put("messages", messages);
        body.set("files", proposal.send(hub));
        JsonNode answer = Proposal.change(hub, body);
        if (format == Format.JSON) {
            return DeadlinesCommand.print(answer);
        }
        if (answer.path("unchanged").asBoolean()) {
            Proposal.print(answer);
            return 0;
        }
        System.out.println("与版本 " + answer.path("version").asLong() + " 相比 / compared with what runs: "
                + Proposal.counts(answer.path("diff")));
        JsonNode preview = answer.path("preview");
        preview.path("routes").forEach(PreviewCommand::file);
        preview.path("ladders").forEach(PreviewCommand::ladder);
        preview.path("mappings").forEach(PreviewCommand::mapping);
        preview.path("examples")
                .forEach(example -> System.out.println(
                        "例子不再相符，生效前须改 / an example that has to be changed with it: " + example.asText()));
        preview.path("timelines")
                .forEach(timeline -> System.out.println(
                        "时间线不再如所写，生效前须改 / a timeline that has to be changed with it: " + timeline.asText()));
        preview.path("others").forEach(PreviewCommand::lines);
        return 0;
    }

    private static void lines(JsonNode file) {
        System.out.println(file.path("file").asText());
        file.path("removed").forEach(line -> System.out.println("  - " + line.asText()));
        file.path("added").forEach(line -> System.out.println("  + " + line.asText()));
    }

    private static void file(JsonNode file) {
        System.out.println(file.path("file").asText() + "  " + file.path("what").asText());
        file.path("differences")
                .forEach(d -> System.out.println("  " + d.path("path").asText() + ": "
                        + d.path("before").asText("–") + " → " + d.path("after").asText("–")));
    }

    private static void ladder(JsonNode ladder) {
        file(ladder);
        JsonNode open = ladder.path("migrated");
        if (!open.isMissingNode()) {
            System.out.println("  开着的 / open: " + open.path("seen").asLong()
                    + "，按原文不变；deadlines migrate 会改 / they keep their text; deadlines migrate would move: "
                    + open.path("moved").asLong() + "，立刻到期 / due at once: "
                    + open.path("firingAtOnce").asLong());
        }
    }

    private static void mapping(JsonNode mapping) {
        System.out.println("mapping " + mapping.path("mapping").asText() + "  报文 / messages "
                + mapping.path("messages").asInt() + "，不同 / different "
                + mapping.path("different").asInt()
                + "，转不了 / failing " + mapping.path("failing").asInt()
                + (mapping.path("failure").isNull()
                        ? ""
                        : ": " + mapping.path("failure").asText()));
        mapping.path("fields")
                .forEach(f -> System.out.println("  " + f.path("path").asText() + " ×"
                        + f.path("count").asInt() + ": " + f.path("before").asText() + " → "
                        + f.path("after").asText()));
    }
}
