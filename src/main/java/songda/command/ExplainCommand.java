package songda.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import songda.check.Guide;
import songda.check.Rules;

@Command(
        name = "explain",
        description = "一条检查规则：为什么，怎样写 / a rule of the check: why, and what to write",
        footer = {
            "",
            "  songda explain SONGDA-R211",
            "  songda explain R211",
            "  songda explain        # 全部 / all of them"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", description = "编号 / its id")
    private String rule;

    @Option(names = "--page", hidden = true)
    private boolean page;

    @Override
    public Integer call() {
        if (page) {
            System.out.print(Guide.page());
        } else if (rule == null) {
            Rules.all()
                    .forEach(r -> System.out.printf(
                            "%s  %-7s  %s / %s%n",
                            r.id(), r.severity().word(), r.say().zh(), r.say().en()));
        } else {
            System.out.print(Guide.explain(Rules.find(rule)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "没有这条规则；explain 列出全部 / no such rule; explain lists all: " + rule))));
        }
        return 0;
    }
}
