package songda.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar target/songda.jar <command>}. */
@Command(
        name = "songda",
        description = "送达 / Songda. 不带命令即运行 / without a command the hub runs",
        subcommands = {
            CheckCommand.class,
            ExplainCommand.class,
            DryRunCommand.class,
            ShowCommand.class,
            RouteCommand.class,
            TestCommand.class,
            SimulateCommand.class,
            DeadlinesCommand.class,
            EffectsCommand.class,
            DoorsCommand.class,
            LaddersCommand.class,
            PreviewCommand.class,
            ApplyCommand.class,
            CanaryCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            ReportCommand.class,
            KpiExclusionsCommand.class,
            AuditCommand.class,
            DeadLettersCommand.class,
            RepublishCommand.class,
            ImportCommand.class,
            LabelCommand.class,
            PriceCommand.class,
            StatementCommand.class,
            ReconcileCommand.class,
            CalendarCommand.class,
            ClockCommand.class,
            PasswordCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Commands {

    private Commands() {}

    /** @return the exit code: 0 done, 1 something is wrong with what was looked at, 2 the command itself */
    public static int run(String... args) {
        // What a command has to say it says itself.
        System.setProperty("logging.level.root", "error");
        System.setProperty("logging.level.songda", "error");
        CommandLine line = new CommandLine(new Commands());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println(words(e));
            return 2;
        });
        return line.execute(args);
    }

    /** What somebody can mend stands alone, without the frames around it. */
    private static String words(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException || cause instanceof Problem) {
                return cause.getMessage();
            }
        }
        return e.toString();
    }

    /** Something that the caller can mend; its message says how. */
    static final class Problem extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }
}
