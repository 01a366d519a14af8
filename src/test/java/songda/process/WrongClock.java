package songda.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The environment of a process whose clock is not the machine's: Debian's libfaketime. */
public final class WrongClock {

    private WrongClock() {}

    public static boolean possible() {
        return library().isPresent();
    }

    /**
     * For a JVM. Its time-outs run on the monotonic clock, which stays true; with libfaketime's own repair of that clock
     * {@code Object.wait} returns at once, and a hub comes up in minutes or not at all.
     *
     * @param offset e.g. {@code +49h}, for as long as it runs
     */
    public static Map<String, String> always(String offset) {
        return Map.of(
                "LD_PRELOAD",
                needed(),
                "FAKETIME",
                offset,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** For a program that is no JVM. @param offset a file with e.g. {@code +65s}, read at every look at the clock */
    static Map<String, String> movable(Path offset) {
        return Map.of(
                "LD_PRELOAD",
                needed(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    private static String needed() {
        return library().orElseThrow(() -> new AssertionError("install the Debian package libfaketime"));
    }

    private static Optional<String> library() {
        try (Stream<Path> libraries =
                Files.find(Path.of("/usr/lib"), 4, (path, is) -> path.endsWith("faketime/libfaketime.so.1"))) {
            return libraries.findFirst().map(Path::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
