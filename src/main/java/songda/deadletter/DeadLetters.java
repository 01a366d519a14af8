package songda.deadletter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.person.Sealer;
import songda.store.Ids;

/** The table {@code dead_letter}. */
@Component
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private final JdbcClient db;
    private final Sealer sealer;
    private final Ids ids;

    DeadLetters(JdbcClient db, Sealer sealer, Ids ids) {
        this.db = db;
        this.sealer = sealer;
        this.ids = ids;
    }

    /**
     * @param door where it came in
     * @param reason what, where and what to do; no personal data
     * @param place the mapping or component that gave up
     * @param raw the bytes as they came
     */
    public record Letter(
            String door, String system, String client, String correlation, String reason, String place, byte[] raw) {}

    /** @return its number, for the sender's answer and the operator's search */
    public long keep(Letter letter) {
        long id = ids.next();
        db.sql(
                        """
                        insert into dead_letter (id, door, system, client, correlation, reason, place, fingerprint, raw, arrived_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, hub_now())""")
                .params(
                        id,
                        letter.door(),
                        letter.system(),
                        letter.client(),
                        letter.correlation(),
                        letter.reason(),
                        letter.place(),
                        fingerprint(letter),
                        sealer.seal(letter.raw(), "dead_letter.raw", id))
                .update();
        LOG.info(
                "set aside {} at {} from {}: {} (correlation {})",
                id,
                letter.door(),
                letter.system(),
                letter.reason(),
                letter.correlation());
        return id;
    }

    /** Equal for equal causes, so that a hundred letters of one cause are one group. */
    private static String fingerprint(Letter letter) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((letter.door() + '\n' + letter.place() + '\n' + letter.reason())
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
