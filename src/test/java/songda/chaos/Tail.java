package songda.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads on in a journal that grows: whole lines only. */
final class Tail {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;
    private long read;

    Tail(Path file) {
        this.file = file;
    }

    void more(Consumer<JsonNode> reader) throws IOException {
        if (!Files.exists(file) || Files.size(file) == read) {
            return;
        }
        byte[] bytes;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            bytes = new byte[(int) Math.min(in.length() - read, 8 << 20)];
            in.seek(read);
            in.readFully(bytes);
        }
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                reader.accept(JSON.readTree(new String(bytes, from, i - from, StandardCharsets.UTF_8)));
                from = i + 1;
            }
        }
        read += from;
    }
}
