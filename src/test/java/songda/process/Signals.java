package songda.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code kill -<name>} for processes that a test has started. */
final class Signals {

    private Signals() {}

    /** Those that have ended meanwhile hear nothing. */
    static void send(String name, List<ProcessHandle> to) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        to.forEach(it -> command.add(Long.toString(it.pid())));
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0 && to.stream().allMatch(ProcessHandle::isAlive)) {
            throw new AssertionError("no " + name + " for " + to);
        }
    }
}
