package songda.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar target/songda.jar <command>}. */
@Command(
        name = "songda",
        description = "送达 / Songda. 不带命令即运行 / without a command the hub runs",
        subcommands = {
            TestCommand.class,
            SimulateCommand.class,
            DeadlinesCommand.class,
            CalendarCommand.class,
            ClockCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Commands {

    private Commands() {}

    /** @return the exit code: 0 done, 1 something is wrong with what was looked at, 2 the command itself */
    public static int run(String... args) {
        // Between picocli's answers and ours nothing is to be read but warnings.
        System.setProperty("logging.level.root", "warn");
        System.setProperty("logging.level.songda", "warn");
        CommandLine line = new CommandLine(new Commands());
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr()
                    .println(e instanceof IllegalArgumentException || e instanceof Problem ? e.getMessage() : e);
            return 2;
        });
        return line.execute(args);
    }

    /** Something that the caller can mend; its message says how. */
    static final class Problem extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }
}
