package songda.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The stand-in of the ticketing system for a test whose hub runs in its own JVM: where it is, and what it has heard. */
public final class Tickets implements AutoCloseable {

    private final StandIns standIns;

    private Tickets(StandIns standIns) {
        this.standIns = standIns;
    }

    /** With the other stand-ins, which wait for a hub that is not there. */
    public static Tickets start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tickets");
            return new Tickets(StandIns.start(
                    folder.resolve("journal"),
                    URI.create("http://127.0.0.1:1"),
                    folder.resolve("none.json"),
                    "--parent",
                    Long.toString(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "127.0.0.1:" + standIns.port("ticket");
    }

    /** {@code POST /control/ticket/behave}. */
    public void behave(String how) throws IOException, InterruptedException {
        standIns.control("/control/ticket/behave", how);
    }

    /** Lines of its journal with this key and one of these operations, in their order. */
    public List<JsonNode> heard(String key, String... ops) {
        try {
            return standIns.journal("ticket").stream()
                    .filter(line -> line.path("key").asText().equals(key))
                    .filter(line -> Set.of(ops).contains(line.path("op").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever it has heard by this operation. */
    public List<JsonNode> heardAll(String op) {
        try {
            return standIns.journal("ticket").stream()
                    .filter(line -> line.path("op").asText().equals(op))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        standIns.close();
    }
}
