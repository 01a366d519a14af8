package songda.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.store.Sql;

/**
 * Seals what was done: each link of the chain has a SHA-256 over the link before it and its row. Whoever changes a row, takes one away or puts one in between has to write
 * the chain anew from there on, and then its head is no longer the one that the log told.
 */
@Component
public final class AuditChain {

    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNSEALED = Sql.file("audit-unsealed");
    private static final String CHAIN = Sql.file("audit-chain");
    private static final String ROWS = Sql.file("audit-rows");
    /** Any number that nobody else locks by. */
    private static final long KEY = 7_030_702_181_127L;

    private static final int AT_ONCE = 500;
    private static final int BACK = 10_000;
    private static final int SHOWN = 20;
    private static final String BEFORE_ALL = "0".repeat(64);

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;

    AuditChain(JdbcTemplate db, TransactionTemplate transaction) {
        this.db = db;
        this.transaction = transaction;
    }

    /** The last link. @param hash in hex */
    private record Head(long no, String hash) {}

    /** A link as it is written. */
    private record Link(long no, long auditId, String hash) {}

    @Scheduled(fixedDelayString = "PT2S")
    void sealSoon() {
        try {
            seal();
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("the audit is sealed in two seconds again: {}", away.toString());
        }
    }

    /** All that is committed and not sealed yet, by one node at a time. */
    public void seal() {
        Optional<Head> sealed = transaction.execute(status -> {
            if (!db.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, KEY)) {
                return Optional.empty();
            }
            Head head = head();
            long first = head.no();
            List<Link> links = new ArrayList<>();
            Head[] last = {head};
            db.query(
                    UNSEALED,
                    row -> {
                        last[0] = new Head(last[0].no() + 1, hash(last[0].hash(), row));
                        links.add(new Link(last[0].no(), row.getLong("id"), last[0].hash()));
                    },
                    BACK,
                    AT_ONCE);
            db.batchUpdate(
                    "insert into audit_chain (no, audit_id, hash) values (?, ?, decode(?, 'hex'))",
                    links.stream()
                            .map(link -> new Object[] {link.no(), link.auditId(), link.hash()})
                            .toList());
            return last[0].no() == first ? Optional.empty() : Optional.of(last[0]);
        });
        sealed.ifPresent(head -> LOG.info(
                "审计已封存至第 {} 条，链头 {} / the audit is sealed up to no. {}, head {}",
                head.no(),
                head.hash(),
                head.no(),
                head.hash()));
    }

    private Head head() {
        return db
                .query(
                        "select no, encode(hash, 'hex') from audit_chain order by no desc limit 1",
                        (row, n) -> new Head(row.getLong(1), row.getString(2)))
                .stream()
                .findFirst()
                .orElse(new Head(0, BEFORE_ALL));
    }

    private static String hash(String before, ResultSet row) throws SQLException {
        ArrayNode all = JsonNodeFactory.instance.arrayNode().add(before).add(row.getLong("id"));
        all.add(row.getObject("at", OffsetDateTime.class).toInstant().toString());
        all.add(row.getString("who")).add(row.getString("what"));
        all.add(row.getObject("subject", Long.class));
        all.add(row.getString("reason")).add(row.getString("detail"));
        try {
            byte[] text = JSON.writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a walk along the chain finds. */
    private static final class Walk {

        private final String known;
        private final ArrayNode broken = JsonNodeFactory.instance.arrayNode();
        private long count;
        private boolean met;
        private Head last = new Head(0, BEFORE_ALL);

        private Walk(String known) {
            this.known = known;
        }

        private void look(ResultSet row) throws SQLException {
            long no = row.getLong("no");
            String hash = HexFormat.of().formatHex(row.getBytes("hash"));
            if (no != last.no() + 1) {
                tell(last.no() + 1, null, "LINK_MISSING");
            }
            if (row.getObject("id") == null) {
                tell(no, row.getLong("audit_id"), "ROW_MISSING");
            } else if (!hash(last.hash(), row).equals(hash)) {
                tell(no, row.getLong("audit_id"), "CHANGED");
            }
            met |= hash.equals(known);
            // From what is written: a row that was changed is told once, and not with all that follow.
            last = new Head(no, hash);
        }

        private void tell(long no, Long auditId, String what) {
            count++;
            if (broken.size() < SHOWN) {
                broken.addObject().put("no", no).put("id", auditId).put("what", what);
            }
        }
    }

    /**
     * Walks along the whole chain.
     *
     * @param known a head that the log told once, in hex, or null
     * @return {@code {sealed, unsealed, head, broken, findings: [{no, id, what: CHANGED|ROW_MISSING|LINK_MISSING}], known}}: unsealed are rows that are older
     *     than a minute; known is whether the chain has that head, or null
     */
    public ObjectNode verify(String known) {
        Walk walk = new Walk(known);
        long unsealed = transaction.execute(status -> {
            JdbcTemplate inPages = new JdbcTemplate(db.getDataSource());
            inPages.setFetchSize(AT_ONCE);
            inPages.query(CHAIN, walk::look);
            return db.queryForObject(
                    "select count(*) from audit a where a.at < now() - interval '1 minute' and not exists (select from audit_chain c where c.audit_id = a.id)",
                    Long.class);
        });
        ObjectNode found = JsonNodeFactory.instance
                .objectNode()
                .put("sealed", walk.last.no())
                .put("unsealed", unsealed)
                .put("head", walk.last.hash())
                .put("broken", walk.count);
        found.set("findings", walk.broken);
        return known == null ? found.putNull("known") : found.put("known", walk.met);
    }

    /** @return {@code {rows: [{id, at, who, what, orderNo, reason, detail, sealed}], next}}, newest first; next is for the page after this one */
    public ObjectNode list(String cursor, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = page.putArray("rows");
        db.query(
                ROWS,
                row -> {
                    rows.add(view(row));
                },
                cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor),
                limit);
        boolean more = rows.size() == limit;
        return page.put("next", more ? rows.get(limit - 1).path("id").asText() : null);
    }

    private static ObjectNode view(ResultSet row) throws SQLException {
        ObjectNode one = JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getLong("id"))
                .put("at", HubClock.local(row.getTimestamp("at").toInstant()))
                .put("who", row.getString("who"))
                .put("what", row.getString("what"))
                .put("orderNo", row.getString("order_no"))
                .put("reason", row.getString("reason"))
                .put("sealed", row.getObject("no") != null);
        try {
            one.set("detail", JSON.readTree(row.getString("detail")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return one;
    }
}
