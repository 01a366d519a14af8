package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one partner received ({@code in}) and sent ({@code out}), one JSON line each, written before the answer goes
 * out: {@code {at, hubAt, dir, op, key, status, end?, body, answer}}. {@code at} is wall time. {@code end} stands only
 * where the other side saw no proper answer: {@code dropped, http500, garbage, no-answer}. Full personal data: this is
 * a partner's own system.
 */
final class Journal implements Closeable {
    private final Path file;
    private final OutputStream out;
    private final Supplier<Instant> hubTime;
    private final List<Consumer<JsonNode>> followers = new ArrayList<>();
    private volatile long lastAt = System.nanoTime();

    /** Forgets what the partner knew. */
    static void empty(Path folder, String partner) throws IOException {
        Files.deleteIfExists(folder.resolve(partner + ".jsonl"));
    }

    Journal(Path folder, String partner, Supplier<Instant> hubTime) {
        this.file = folder.resolve(partner + ".jsonl");
        this.hubTime = hubTime;
        try {
            Files.createDirectories(folder);
            boolean torn = torn(file);
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (torn) out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void in(String op, String key, int status, String end, Object body, Object answer) {
        write("in", op, key, status, end, body, answer);
    }

    void out(String op, String key, int status, String end, Object body, Object answer) {
        write("out", op, key, status, end, body, answer);
    }

    /** Wall nanoseconds since the last line. */
    long quietNanos() {
        return System.nanoTime() - lastAt;
    }

    private void write(String dir, String op, String key, int status, String end, Object body, Object answer) {
        Instant hubAt = hubTime.get();
        ObjectNode line = Json.object();
        line.put("at", Instant.now().toString());
        line.put(
                "hubAt",
                hubAt == null
                        ? null
                        : hubAt.atZone(HubTime.ZONE).toOffsetDateTime().toString());
        line.put("dir", dir).put("op", op).put("key", key).put("status", status);
        if (end != null) line.put("end", end);
        line.set("body", Json.tree(body));
        line.set("answer", Json.tree(answer));
        append(line);
    }

    /** One write call a line: what was written survives the death of this process. */
    private synchronized void append(ObjectNode entry) {
        byte[] json = Json.bytes(entry);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastAt = System.nanoTime();
        followers.forEach(it -> it.accept(entry));
    }

    /** Every line that is there, and then each that comes. */
    synchronized void follow(Consumer<JsonNode> reader) {
        replay(reader);
        followers.add(reader);
    }

    void replay(Consumer<JsonNode> reader) {
        read(file, reader);
    }

    /** Reads every whole line; a last line that a kill tore is passed over. */
    static void read(Path file, Consumer<JsonNode> reader) {
        if (!Files.exists(file)) return;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode entry = parse(line);
                if (entry != null) reader.accept(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return line.isBlank() ? null : Json.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException torn) {
            return null;
        }
    }

    private static boolean torn(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) return false;
        try (var channel = Files.newByteChannel(file)) {
            channel.position(channel.size() - 1);
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last);
            return last.get(0) != '\n';
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
