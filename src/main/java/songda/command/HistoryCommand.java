package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = "配置的版本：谁、何时、为什么、哪些文件；各节点在运行什么 / versions of the configuration, and what each node runs",
        footer = {"", "  songda history", "  songda history 7      # 它的文件 / its files"})
final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private Hub hub;

    @Parameters(arity = "0..1", paramLabel = "<version>", description = "只看这一个 / only this one")
    private Long version;

    @Option(names = "--most", description = "最近几个 / how many (${DEFAULT-VALUE})", defaultValue = "20")
    private int most;

    @Override
    public Integer call() {
        if (version != null) {
            JsonNode one = Proposal.history(hub, "/" + version);
            line(one);
            Proposal.files(one.path("diff"));
            return 0;
        }
        JsonNode all = Proposal.history(hub, "?limit=" + most);
        all.path("versions").forEach(HistoryCommand::line);
        all.path("nodes").forEach(HistoryCommand::node);
        if (all.path("pending").asInt() > 0) {
            System.out.println("磁盘上有 " + all.path("pending").asInt()
                    + " 个文件不同，没有生效：songda preview，songda apply / files on the disk differ and are not in force");
        }
        return 0;
    }

    private static void line(JsonNode one) {
        System.out.println("%4d  %s  %-9s  %s  %-14s %s%s"
                .formatted(
                        one.path("version").asLong(),
                        one.path("at").asText(),
                        one.path("state").asText(),
                        one.path("who").asText(),
                        Proposal.counts(one.path("diff")),
                        one.path("reason").asText() + share(one.path("canary")),
                        one.path("failure").isNull()
                                ? ""
                                : "：" + one.path("failure").asText()));
    }

    private static String share(JsonNode canary) {
        if (!canary.isObject()) {
            return "";
        }
        StringJoiner who = new StringJoiner(",", "（", "）");
        canary.path("partners").forEach(partner -> who.add(partner.asText()));
        if (canary.path("percent").asInt() > 0) {
            who.add(canary.path("percent").asInt() + "%");
        }
        return who.toString();
    }

    private static void node(JsonNode node) {
        System.out.println("节点 / node " + node.path("node").asText() + ": "
                + node.path("version").asLong() + ", " + node.path("at").asText()
                + (node.path("failure").isNull()
                        ? ""
                        : " " + node.path("failure").asText()));
    }
}
