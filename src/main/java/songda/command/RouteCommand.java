package songda.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import songda.timeline.OneFact;
import songda.timeline.Rehearsal;

@Command(
        name = "route",
        description = "一个事实之后会用哪些出口、开关哪些阶梯；什么也不发出 / which doors and ladders follow from one fact; nothing is sent",
        footer = {
            "",
            "  songda route --fact delivered.json",
            "  songda route --fact delivered.json --verify gov-send-status,sms-send-notice,open/receipt",
            "",
            "delivered.json: {\"fact\": \"parcel.delivered\", \"order\": {\"receipt\": \"PHYSICAL\"}, \"data\": {\"opCode\": \"704\"}}",
            "",
            "0 如所写 / as written, 1 不同 / not so, 2 命令本身有误 / the command itself"
        })
final class RouteCommand implements Callable<Integer> {

    @Option(names = "--fact", required = true, description = "JSON：fact, at, by, about, order, data")
    private Path fact;

    @Option(names = "--verify", split = ",", description = "应当是这些，不多不少 / these and no others")
    private Set<String> verify;

    @Option(names = "--routes", description = "路由目录 / the folder of routes", defaultValue = "routes")
    private Path routes;

    @Override
    public Integer call() {
        OneFact one = OneFact.read(fact);
        try (var ground = Rehearsal.ground(Workplace.folder().resolve("data"));
                var rehearsal = Rehearsal.of(ground, routes)) {
            List<String> decided = one.decided(rehearsal);
            decided.forEach(System.out::println);
            Set<String> got = OneFact.names(decided);
            if (verify == null || verify.equals(got)) {
                return 0;
            }
            Set<String> missing = new TreeSet<>(verify);
            missing.removeAll(got);
            got.removeAll(verify);
            System.out.println("应有而没有 / missing: " + missing + "   不应有 / unexpected: " + got);
            return 1;
        }
    }
}
