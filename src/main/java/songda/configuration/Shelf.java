package songda.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.clock.HubClock;
import songda.store.Sql;

/** Tables {@code config_version}, {@code config_file} and {@code config_node}. Writing joins the caller's transaction. */
final class Shelf {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEEP = Sql.file("config-keep");
    private static final String PROPOSE = Sql.file("config-propose");
    private static final String VERSIONS = Sql.file("config-versions");
    private static final String ACTIVE = Sql.file("config-active");
    private static final String CANARY = Sql.file("config-canary");
    private static final String CONTENTS = Sql.file("config-contents");
    private static final String NODE = Sql.file("config-node");
    private static final String NODES = Sql.file("config-nodes");
    private final JdbcTemplate db;

    Shelf(JdbcTemplate db) {
        this.db = db;
    }

    /** Before the first start there are no tables. */
    boolean stands() {
        return Boolean.TRUE.equals(
                db.queryForObject("select to_regclass('config_version') is not null", Boolean.class));
    }

    /** The version that runs. */
    Optional<Version> active() {
        return db.query(ACTIVE, (row, n) -> version(row)).stream().findFirst();
    }

    /** The one whose mappings some messages use. */
    Optional<Version> canary() {
        return db.query(CANARY, (row, n) -> version(row)).stream().findFirst();
    }

    Optional<Version> find(long number) {
        return newest(number, 1).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    /** From this number down. */
    List<Version> newest(long from, int most) {
        return db.query(VERSIONS, (row, n) -> version(row), from, most);
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getLong("number"),
                row.getString("digest"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("who"),
                row.getString("reason"),
                row.getObject("base", Long.class),
                json(row.getString("diff")),
                row.getString("state"),
                row.getString("failure"),
                row.getString("canary") == null ? null : json(row.getString("canary")));
    }

    /** Name to hash. */
    JsonNode files(long number) {
        return json(db.queryForObject("select files::text from config_version where number = ?", String.class, number));
    }

    /** The files in which it differs from that version. */
    Changes changes(long from, Configuration to) {
        Map<String, String> hashes = new TreeMap<>();
        files(from)
                .properties()
                .forEach(file -> hashes.put(file.getKey(), file.getValue().asText()));
        return Changes.between(hashes, to.hashes());
    }

    Configuration load(long number) {
        Map<String, byte[]> files = new TreeMap<>();
        db.query(
                CONTENTS,
                row -> {
                    files.put(row.getString(1), row.getBytes(2));
                },
                number);
        return new Configuration(files);
    }

    /** Those of these hashes whose content is not here. */
    Set<String> missing(Collection<String> hashes) {
        Set<String> missing = new TreeSet<>(hashes);
        db.query(
                "select hash from config_file where hash = any (?)",
                ask -> ask.setArray(1, ask.getConnection().createArrayOf("text", hashes.toArray(String[]::new))),
                row -> {
                    missing.remove(row.getString(1));
                });
        return missing;
    }

    /** Hash to content, of those that are here. */
    Map<String, byte[]> contents(Collection<String> hashes) {
        Map<String, byte[]> contents = new TreeMap<>();
        db.query(
                "select hash, content from config_file where hash = any (?)",
                ask -> ask.setArray(1, ask.getConnection().createArrayOf("text", hashes.toArray(String[]::new))),
                row -> {
                    contents.put(row.getString(1), row.getBytes(2));
                });
        return contents;
    }

    void keep(Collection<byte[]> contents) {
        db.batchUpdate(
                KEEP,
                contents.stream()
                        .map(bytes -> new Object[] {Configuration.hash(bytes), bytes})
                        .toList());
    }

    /** @param base null for the first; @return its number */
    long propose(Configuration configuration, Changes diff, Long base, String who, String reason) {
        Set<String> missing = missing(configuration.hashes().values());
        keep(configuration.hashes().entrySet().stream()
                .filter(file -> missing.contains(file.getValue()))
                .map(file -> configuration.bytes(file.getKey()))
                .toList());
        return db.queryForObject(
                PROPOSE,
                Long.class,
                configuration.digest(),
                JSON.valueToTree(configuration.hashes()).toString(),
                diff.json().toString(),
                base,
                who,
                reason);
    }

    void activate(long number) {
        db.update("update config_version set state = 'ACTIVE', active_at = now() where number = ?", number);
    }

    /** @param share {@code {percent, partners}} */
    void canary(long number, JsonNode share) {
        db.update(
                "update config_version set state = 'CANARY', canary = ?::jsonb where number = ?",
                share.toString(),
                number);
    }

    void withdraw(long number, String why) {
        db.update("update config_version set state = 'WITHDRAWN', failure = ? where number = ?", why, number);
    }

    /** One that was recorded after all, though nobody heard of it, stays as it is. */
    void fail(long number, String why) {
        db.update(
                "update config_version set state = 'FAILED', failure = ? where number = ? and state = 'PROPOSED'",
                why,
                number);
    }

    /** @param failure why this node runs another version than the others, or null */
    void tell(String node, long number, String failure) {
        db.update(NODE, node, number, failure);
    }

    /** Those that were heard of within an hour. */
    ArrayNode nodes() {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        db.query(NODES, row -> {
            nodes.addObject()
                    .put("node", row.getString("node"))
                    .put("version", row.getLong("number"))
                    .put("at", HubClock.local(row.getTimestamp("told_at").toInstant()))
                    .put("failure", row.getString("failure"));
        });
        return nodes;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
