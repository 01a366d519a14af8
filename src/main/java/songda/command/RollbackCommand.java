package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = "回到以前的版本，它成为新的版本 / goes back to an earlier version, which becomes a new one",
        footer = {"", "  songda rollback 6 --reason '新短信模板有误'"})
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private Hub hub;

    @Parameters(paramLabel = "<version>", description = "见 songda history / see songda history")
    private long version;

    @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
    private String reason;

    @Override
    public Integer call() {
        Proposal.print(Proposal.change(
                hub,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("what", "rollback")
                        .put("reason", reason)
                        .put("version", version)));
        return 0;
    }
}
