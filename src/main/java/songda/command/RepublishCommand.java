package songda.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "republish",
        description = {
            "按库中的记录重建 Kafka；对方收下的不会再发 / builds Kafka again from what is stored; what was accepted is not sent again",
            "republish --from 2026-11-24T00:00:00+08:00 --door gov-send-status --facts --reason Kafka的磁盘坏了"
        })
final class RepublishCommand implements Callable<Integer> {

    @Mixin
    private Hub hub;

    @Option(names = "--from", required = true, description = "从何时起，须带时区 / from when, with offset")
    private String from;

    @Option(names = "--to", description = "到何时为止，缺省现在 / until when, now unless given")
    private String to;

    @Option(names = "--door", description = "哪个门的待办，可以多次 / effects of this door, more than once if need be")
    private List<String> doors = List.of();

    @Option(names = "--facts", description = "也补发 songda.facts / songda.facts too")
    private boolean facts;

    @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
    private String reason;

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("from", from)
                .put("facts", facts)
                .put("reason", reason);
        if (to != null) {
            body.put("to", to);
        }
        doors.forEach(body.putArray("doors")::add);
        return DeadlinesCommand.print(hub.post("/api/v1/republish", body));
    }
}
