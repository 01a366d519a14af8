package songda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where another JVM's threads spend their processor time: the JDK's flight recorder, asked over jcmd. */
final class Profile {

    private static final Pattern LIBRARY = Pattern.compile("(songda\\.[a-z0-9]+|[a-z]+(?:\\.[a-z0-9]+){1,2})");
    private final long pid;
    private final Path file;
    private final Map<String, Integer> libraries = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private int samples;

    private Profile(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    static Profile start(long pid, Path file) throws Exception {
        Profile profile = new Profile(pid, file);
        profile.jcmd("JFR.start", "name=bench", "settings=profile");
        return profile;
    }

    /** The ten libraries (of the first frame that is not the JDK's) and the ten methods that ran most often, each with its share. */
    List<String> stop() throws Exception {
        jcmd("JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    count(event.getStackTrace().getFrames());
                }
            }
        }
        List<String> lines = new ArrayList<>(List.of(samples + " samples; by library"));
        top(libraries, lines);
        lines.add("by method");
        top(methods, lines);
        return lines;
    }

    private void count(List<RecordedFrame> frames) {
        samples++;
        methods.merge(name(frames.get(0)), 1, Integer::sum);
        String library = frames.stream()
                .map(frame -> frame.getMethod().getType().getName())
                .filter(type -> !type.matches("(java|jdk|sun|com\\.sun)\\..*"))
                .findFirst()
                .orElse("java");
        Matcher begins = LIBRARY.matcher(library);
        libraries.merge(begins.lookingAt() ? begins.group(1) : library, 1, Integer::sum);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private void top(Map<String, Integer> counts, List<String> lines) {
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(10)
                .forEach(one -> lines.add("  %4.1f %% %s".formatted(100.0 * one.getValue() / samples, one.getKey())));
    }

    private void jcmd(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
