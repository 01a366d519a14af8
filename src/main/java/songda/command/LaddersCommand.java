package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ladders", description = "时限阶梯 / the ladders")
final class LaddersCommand {

    @Command(
            name = "reload",
            description =
                    "重读 routes/ladder，已开的时限不变 / reads it again, what is open stays as it is; deadlines migrate moves it")
    int reload(
            @Mixin Hub hub,
            @Option(names = "--reason", required = true, description = "原因 / the reason") String reason) {
        return DeadlinesCommand.print(hub.post(
                "/api/v1/ladders/reload", JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }
}
