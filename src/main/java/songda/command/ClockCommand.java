package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "clock", description = "业务时间 / business time")
final class ClockCommand {

    @Command(name = "show", description = "现在几点 / what time it is")
    int show(@Mixin Hub hub) {
        return DeadlinesCommand.print(hub.get("/api/v1/clock"));
    }

    @Command(name = "agree", description = "时钟正确，放行时限 / the clock is right, deadlines may fire again")
    int agree(
            @Mixin Hub hub,
            @Option(names = "--reason", required = true, description = "原因 / the reason") String reason) {
        return DeadlinesCommand.print(hub.post(
                "/api/v1/clock/agree", JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }
}
