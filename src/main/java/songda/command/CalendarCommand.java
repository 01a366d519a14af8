package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "calendar", description = "工作日历 / the calendar")
final class CalendarCommand {

    @Command(name = "reload", description = "重读 mappings/calendar，重算时限 / reads it again and counts deadlines again")
    int reload(
            @Mixin Hub hub,
            @Option(names = "--reason", required = true, description = "原因 / the reason") String reason) {
        return DeadlinesCommand.print(hub.post(
                "/api/v1/calendar/reload", JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }
}
