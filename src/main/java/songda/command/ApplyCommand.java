package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        description =
                "检查目录并让它生效：全部文件或都不，不重启，所有节点跟上 / checks a folder and puts it in force: all files or none, without a restart, on all nodes",
        footer = {
            "",
            "  songda apply . --reason '萧山回执改三天'",
            "  songda apply ../proposal --reason 'new SMS template'",
            "  songda apply . --reason '新的状态格式' --canary 10%        # 或 / or --canary gov,zjzwfw",
            "",
            "0 已生效 / in force, 2 没有，仍用原来的，并说为什么 / not, the former one runs on, and why"
        })
final class ApplyCommand implements Callable<Integer> {

    @Mixin
    private Hub hub;

    @Mixin
    private Proposal proposal;

    @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
    private String reason;

    @Option(names = "--despite-failing", description = "最近的报文会失败也要生效 / though messages of late would fail with it")
    private boolean despite;

    @Option(
            names = "--despite-timelines",
            description = "时间线不再如所写也要生效 / though timelines do not come out as they are written")
    private boolean despiteTimelines;

    @Option(
            names = "--canary",
            split = ",",
            paramLabel = "<percent|partner>",
            description =
                    "先对一部分报文生效：百分比，或系统名、客户名；之后 songda canary confirm 或 withdraw / for some messages first: a percentage, or names of systems or clients")
    private List<String> canary;

    @Override
    public Integer call() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("what", "apply").put("reason", reason);
        if (despite) {
            body.put("despiteFailing", true);
        }
        if (despiteTimelines) {
            body.put("despiteTimelines", true);
        }
        if (canary != null) {
            share(body.putObject("canary"));
        }
        body.set("files", proposal.send(hub));
        Proposal.print(Proposal.change(hub, body));
        return 0;
    }

    private void share(ObjectNode share) {
        if (canary.size() == 1 && canary.get(0).matches("[0-9]{1,2}%?")) {
            share.put("percent", Integer.parseInt(canary.get(0).replace("%", "")));
        } else {
            canary.forEach(share.withArray("partners")::add);
        }
    }
}
