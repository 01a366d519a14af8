package songda.deadletter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.person.Sealer;
import songda.store.Ids;
import songda.store.Sql;

/** The table {@code dead_letter}: keeps what could not be read. */
@Component
public final class DeadLetters {

    static final String COLUMN = "dead_letter.raw";
    private static final int LARGEST = 1 << 20;
    private static final int HEAD = 64 << 10;
    private static final String KEEP = Sql.file("letter-keep");
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private final JdbcClient db;
    private final Sealer sealer;
    private final Ids ids;

    DeadLetters(JdbcClient db, Sealer sealer, Ids ids) {
        this.db = db;
        this.sealer = sealer;
        this.ids = ids;
    }

    public enum Kind {
        /** The bytes as a sender sent them: replayed through the route of its door. */
        MESSAGE,
        /** One row of a message that a mapping had made a fact of: replayed as that fact. */
        FACT,
        /** A record of Kafka that no relay wrote: looked at and dropped. */
        RECORD
    }

    /**
     * @param door where it came in
     * @param reason what, where and what to do; no personal data
     * @param place the mapping or component that gave up
     * @param raw the bytes as they came
     */
    public record Letter(
            Kind kind,
            String door,
            String system,
            String client,
            String correlation,
            String reason,
            String place,
            byte[] raw) {}

    /** @return its number, for the sender's answer and the operator's search */
    public long keep(Letter letter) {
        long id = ids.next();
        byte[] raw = letter.raw().length > LARGEST ? Arrays.copyOf(letter.raw(), HEAD) : letter.raw();
        int kept = db.sql(KEEP)
                .params(
                        id,
                        letter.door(),
                        letter.system(),
                        letter.client(),
                        letter.correlation(),
                        letter.reason(),
                        letter.place(),
                        fingerprint(letter.door(), letter.place(), letter.reason()),
                        letter.kind().name(),
                        letter.raw().length,
                        sha256(letter.raw()),
                        sealer.seal(raw, COLUMN, id))
                .update();
        if (kept > 0) {
            LOG.info(
                    "set aside {} at {} from {}: {} (correlation {})",
                    id,
                    letter.door(),
                    letter.system(),
                    letter.reason(),
                    letter.correlation());
        }
        return id;
    }

    /** Equal for equal causes, so that a hundred letters of one cause are one group, wherever in a topic they stood. */
    public static String fingerprint(String door, String place, String reason) {
        String cause = door + '\n' + place.replaceFirst(" partition .*", "") + '\n' + reason;
        return HexFormat.of().formatHex(sha256(cause.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
