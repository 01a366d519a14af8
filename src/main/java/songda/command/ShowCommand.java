package songda.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import songda.check.Picture;
import songda.check.RoutingTree;

@Command(
        name = "show",
        description = "什么事实之后有哪些步骤、出口、阶梯 / what follows from which fact: steps, doors and ladders",
        footer = {
            "",
            "  songda show",
            "  songda show fact parcel.delivered",
            "  songda show fact receipt.overdue --format mermaid",
            "  songda show --format svg > routing.svg"
        })
final class ShowCommand implements Callable<Integer> {

    @Parameters(arity = "0..2", description = "fact <名字 / name>")
    private List<String> what = List.of();

    @Option(names = "--in", description = "有 routes/ 和 mappings/ 的目录 / the folder that has both", defaultValue = "")
    private Path folder;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}（${DEFAULT-VALUE}）", defaultValue = "text")
    private Picture format;

    @Override
    public Integer call() {
        if (!what.isEmpty() && !(what.size() == 2 && what.get(0).equals("fact"))) {
            throw new IllegalArgumentException("写 show 或 show fact <名字> / write show, or show fact <name>");
        }
        RoutingTree tree = RoutingTree.read(folder.resolve("routes"), folder.resolve("mappings"));
        System.out.print(format.of(what.isEmpty() ? tree : tree.of(what.get(1))));
        return 0;
    }
}
