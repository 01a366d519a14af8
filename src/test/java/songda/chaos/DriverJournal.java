package songda.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What the driver sent and heard: a line before each try and one after it, on disk before the driver believes it. */
final class DriverJournal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final OutputStream out;

    DriverJournal(Path file) throws IOException {
        out = Files.newOutputStream(file);
    }

    void sent(String op, String key) {
        write(JSON.createObjectNode().put("op", op).put("key", key).put("sent", true));
    }

    /** @param status 0 when no answer came */
    void heard(String op, String key, int status, String answer) {
        write(JSON.createObjectNode()
                .put("op", op)
                .put("key", key)
                .put("status", status)
                .put("answer", answer));
    }

    private synchronized void write(ObjectNode line) {
        try {
            line.put("at", Instant.now().toString());
            out.write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
