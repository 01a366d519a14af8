package songda.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import songda.watch.Desk;

/** Boards that somebody looks at, without a browser: each hears the live stream and loads its chases when the page (board.js) would. */
final class OpenBoards implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long WALK = Duration.ofSeconds(5).toNanos();
    private static final List<String> CHASES = List.of("/board/api/overview", "/board/api/chases");
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger loaded = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Desk desk;
    private List<Stream<String>> open = List.of();

    private OpenBoards(Desk desk) {
        this.desk = desk;
    }

    /** One login for all of them, as for a wall of screens: to log in is not what is measured. */
    static OpenBoards of(URI admin, String password, int boards) {
        Desk desk = new Desk(admin.getPort());
        desk.login("operator", password);
        OpenBoards all = new OpenBoards(desk);
        all.open = IntStream.range(0, boards).mapToObj(i -> all.one()).toList();
        return all;
    }

    private Stream<String> one() {
        HttpResponse<Stream<String>> stream = desk.stream("/board/api/live");
        if (stream.statusCode() != 200) {
            throw new AssertionError("live: " + stream.statusCode());
        }
        new Thread(new Board(stream.body()), "board").start();
        return stream.body();
    }

    private final class Board implements Runnable {

        private final Stream<String> lines;
        private JsonNode before;
        private JsonNode fact;
        private boolean owed;
        private long loadedAt = System.nanoTime();

        Board(Stream<String> lines) {
            this.lines = lines;
        }

        @Override
        public void run() {
            try {
                load();
                lines.filter(line -> line.startsWith("data:")).forEach(line -> hear(line.substring("data:".length())));
            } catch (java.io.UncheckedIOException closed) {
                // as a browser that is closed
            }
        }

        private void hear(String said) {
            try {
                heard.incrementAndGet();
                ObjectNode stand = (ObjectNode) JSON.readTree(said);
                JsonNode moved = stand.remove("fact");
                stand.remove("now");
                boolean same = stand.equals(before);
                boolean traffic = owed || !moved.equals(fact);
                before = stand;
                fact = moved;
                owed = same && traffic && System.nanoTime() - loadedAt < WALK;
                if (!same || traffic && !owed) {
                    load();
                }
            } catch (IOException e) {
                failures.add(said);
            }
        }

        private void load() {
            loadedAt = System.nanoTime();
            for (String view : CHASES) {
                int status = desk.get(view).statusCode();
                if (status == 200) {
                    loaded.incrementAndGet();
                } else {
                    failures.add(view + " " + status);
                }
            }
        }
    }

    int heard() {
        return heard.get();
    }

    int loaded() {
        return loaded.get();
    }

    Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        open.forEach(Stream::close);
    }
}
