package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "canary",
        description =
                "了结灰度：confirm 对全部报文生效，withdraw 撤回 / ends a canary: confirm lets all messages use it, withdraw none",
        footer = {"", "  songda canary confirm --reason '一天没有出错'", "  songda canary withdraw --reason '状态缺字段'"})
final class CanaryCommand {

    @Command(name = "confirm", description = "对全部报文生效 / all messages use it")
    int confirm(
            @Mixin Hub hub,
            @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
                    String reason) {
        return end(hub, "confirm", reason);
    }

    @Command(name = "withdraw", description = "不再使用 / no message uses it any longer")
    int withdraw(
            @Mixin Hub hub,
            @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
                    String reason) {
        return end(hub, "withdraw", reason);
    }

    private static int end(Hub hub, String what, String reason) {
        Proposal.print(Proposal.change(
                hub, JsonNodeFactory.instance.objectNode().put("what", what).put("reason", reason)));
        return 0;
    }
}
