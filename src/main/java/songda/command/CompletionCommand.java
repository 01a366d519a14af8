package songda.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "bash、zsh 的补全脚本 / completion for bash and zsh",
        footer = {"", "  alias songda='java -jar target/songda.jar'", "  source <(songda completion)"})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        System.out.print(AutoComplete.bash("songda", spec.root().commandLine()));
        return 0;
    }
}
