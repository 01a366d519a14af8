package songda.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import songda.check.Finding;
import songda.check.Report;
import songda.configuration.Examination;

@Command(
        name = "check",
        description =
                "检查 routes/ 和 mappings/：文件、行、规则、该怎么写 / checks routes/ and mappings/: file, line, rule, what to write",
        footer = {
            "",
            "  songda check",
            "  songda check ../proposal --lang en",
            "  songda check --format github --strict",
            "  songda check --offline        # 不试装 / without the dry load",
            "",
            "0 没有错误 / no error, 1 有错误 / errors, 2 命令本身有误 / the command itself"
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", description = "有 routes/ 和 mappings/ 的目录 / the folder that has both", defaultValue = "")
    private Path folder;

    @Option(names = "--lang", description = "zh, en（默认 / by default: ${DEFAULT-VALUE}）", defaultValue = "zh")
    private String language;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}（${DEFAULT-VALUE}）", defaultValue = "text")
    private Report format;

    @Option(names = "--strict", description = "警告也算 / warnings count, too")
    private boolean strict;

    @Option(names = "--offline", description = "不在子进程里试装 / no dry load in a process of its own")
    private boolean offline;

    @Option(
            names = "--limit",
            description = "试装至多多少秒 / seconds for the dry load (${DEFAULT-VALUE})",
            defaultValue = "60")
    private int seconds;

    @Override
    public Integer call() {
        if (!List.of("zh", "en").contains(language)) {
            throw new IllegalArgumentException("--lang: 写 zh 或 en / write zh or en");
        }
        long began = System.nanoTime();
        Path routes = folder.resolve("routes");
        Path mappings = folder.resolve("mappings");
        List<Finding> found = offline
                ? Examination.offline(routes, mappings)
                : Examination.whole(routes, mappings, Duration.ofSeconds(seconds));
        System.out.print(format.of(found, language));
        long errors = found.stream().filter(Finding::error).count();
        if (format == Report.TEXT) {
            System.out.printf(
                    Locale.ROOT,
                    "%d 个错误，%d 个警告 / %d errors, %d warnings; %.1f s%n",
                    errors,
                    found.size() - errors,
                    errors,
                    found.size() - errors,
                    (System.nanoTime() - began) / 1e9);
        }
        return errors > 0 || strict && !found.isEmpty() ? 1 : 0;
    }
}
