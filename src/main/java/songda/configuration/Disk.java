package songda.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import songda.failure.Refused;

/** The folders that people edit. What is saved there waits for {@code songda apply}, or, where the hub watches them, is applied at once. */
@Component
final class Disk {

    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
    private final Applying applying;
    private final Turn turn;
    private final Folder folder;
    private volatile int pending;
    private volatile String refusal;
    /** Of the last look, and of the state that was last applied or refused: a save is whole when two looks see the same. */
    private String seen;

    private String handled;

    Disk(
            Applying applying,
            Turn turn,
            @Value("${songda.config.disk.routes:${songda.routes}}") Path routes,
            @Value("${songda.config.disk.mappings:${songda.mappings}}") Path mappings) {
        this.applying = applying;
        this.turn = turn;
        this.folder = new Folder(routes, mappings);
    }

    /** Files that are not as in the version that runs; as of the last comparison. */
    int pending() {
        return pending;
    }

    /** A disk that cannot be read has nothing pending: a node may run without one. */
    void compare() {
        try {
            pending = difference(Configuration.read(folder.routes(), folder.mappings()));
        } catch (IllegalArgumentException | DataAccessException unreadable) {
            LOG.debug("the disk is not compared: {}", unreadable.toString());
        }
    }

    private int difference(Configuration mine) {
        Running running = turn.running();
        return mine.digest().equals(running.digest())
                ? 0
                : applying.shelf().changes(running.number(), mine).count();
    }

    /** Applies what was saved since the last look. */
    void look() {
        String now = stamp();
        if (seen == null) {
            handled = now; // what lay there at the start is pending, and waits
        } else if (now.equals(seen) && !now.equals(handled)) {
            handled = now;
            apply();
        }
        seen = now;
    }

    private void apply() {
        try {
            Configuration saved = Configuration.read(folder.routes(), folder.mappings());
            if (saved.digest().equals(turn.running().digest())) {
                return;
            }
            Applying.Done done = applying.apply("disk", "磁盘上已保存 / saved on the disk", saved, Despite.NOTHING);
            pending = 0;
            refusal = null;
            if (!done.unchanged()) {
                LOG.info(
                        "已保存并生效：版本 {}，{} / saved and in force: version {}, {}",
                        done.version(),
                        names(done.changes()),
                        done.version(),
                        names(done.changes()));
            }
        } catch (Refused refused) {
            refused(lines(refused));
        } catch (IllegalArgumentException e) {
            refused("\n  " + e.getMessage());
        } catch (DataAccessException | TransactionException away) {
            handled = null; // tried again with the next look
            LOG.warn("数据库没有应答，稍后再试 / the database is away, it is tried again");
        } catch (RuntimeException | Error e) {
            LOG.error("没有生效，仍用原来的配置 / not put in force, the former configuration runs on: {}", e.toString());
        }
    }

    private void refused(String lines) {
        refusal = lines.strip();
        compare();
        LOG.warn("没有生效，仍用原来的配置 / not put in force, the former configuration runs on:{}", lines);
    }

    /** Why the last save was not put in force; null once one was. */
    String refusal() {
        return refusal;
    }

    private static String names(Changes changes) {
        return String.join(", ", changes.all().limit(5).toList()) + (changes.count() > 5 ? " …" : "");
    }

    private static String lines(Refused refused) {
        StringBuilder lines = new StringBuilder();
        refused.problem()
                .fields()
                .forEach(field ->
                        lines.append("\n  ").append(field.path()).append(": ").append(field.message()));
        return lines.toString();
    }

    /** Names, sizes and times of all files; nothing is read. */
    private String stamp() {
        TreeMap<String, String> all = new TreeMap<>();
        for (Path root : new Path[] {folder.routes(), folder.mappings()}) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    BasicFileAttributes is =
                            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    all.put(file.toString(), is.size() + "@" + is.lastModifiedTime());
                }
            } catch (IOException | java.io.UncheckedIOException moving) {
                all.put(root.toString(), "moving " + System.nanoTime()); // another look will see it at rest
            }
        }
        return Configuration.hash(all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
