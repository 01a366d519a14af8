package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    @Override
    public Integer call() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("what", "apply").put("reason", reason);
        body.set("files", proposal.send(hub));
        Proposal.print(Proposal.change(hub, body));
        return 0;
    }
}
