package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import songda.failure.Refused;
import songda.signature.PartnerKeys;

/** What the desk may see of the configuration and do to it. */
@Component
public final class ConfigurationDesk {

    private static final int MOST_MESSAGES = 10_000;
    private static final int MESSAGES = 1_000;
    private static final int MOST_PERCENT = 99;
    /** As the contract has it for every reason: nobody's name or number. */
    private static final Pattern REASON = Pattern.compile(
            "(?=.*\\S)(?!.*[0-9]{7})[^\\u0000-\\u001F\\u007F-\\u009F\\u2028-\\u202E\\u2066-\\u2069]{4,200}");

    private final Applying applying;
    private final Canaries canaries;
    private final Examiner examiner;
    private final Turn turn;
    private final Comparison comparison;
    private final Clerk clerk;
    private final PartnerKeys keys;

    ConfigurationDesk(
            Applying applying,
            Canaries canaries,
            Examiner examiner,
            Turn turn,
            Comparison comparison,
            Clerk clerk,
            PartnerKeys keys) {
        this.keys = keys;
        this.applying = applying;
        this.canaries = canaries;
        this.examiner = examiner;
        this.turn = turn;
        this.comparison = comparison;
        this.clerk = clerk;
    }

    /** @return {@code {version, digest, node, pending, nodes, versions}}: pending is how many files on this node's disk are others than those in force */
    public ObjectNode overview(int most) {
        Running running = turn.running();
        ObjectNode all = JsonNodeFactory.instance
                .objectNode()
                .put("version", running.number())
                .put("digest", running.digest())
                .put("node", clerk.node())
                .put("pending", clerk.pending());
        all.set("nodes", applying.shelf().nodes());
        var versions = all.putArray("versions");
        applying.shelf().newest(Long.MAX_VALUE, most).forEach(version -> versions.add(version.json()));
        return all;
    }

    /** @return a version with {@code files}, name to hash */
    public ObjectNode version(long number) {
        Version version = applying.shelf().find(number).orElseThrow(() -> Refusals.noSuchVersion(number));
        ObjectNode json = version.json();
        json.set("files", applying.shelf().files(number));
        return json;
    }

    /** A file of the version in force. */
    public String text(String file) {
        return applying.shelf().load(turn.running().number()).text(file);
    }

    /**
     * What a version changed against the one before it.
     *
     * @return a version with {@code changes: [{file, what: added|removed|changed, lines}]}: lines as {@code diff -u} prints them; none of files that name people
     */
    public ObjectNode diff(long number) {
        Version version = applying.shelf().find(number).orElseThrow(() -> Refusals.noSuchVersion(number));
        ObjectNode json = version.json();
        json.set(
                "changes",
                version.base() == null
                        ? JsonNodeFactory.instance.arrayNode()
                        : changes(
                                applying.shelf().load(version.base()),
                                applying.shelf().load(number)));
        return json;
    }

    /** What came and went between two configurations, as {@link #diff} has it. */
    public static ArrayNode changes(Configuration before, Configuration after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        TextDifferences.of(before, after).forEach(changes::add);
        return changes;
    }

    /** @param body {@code {contents: [base64]}}; @return {@code {kept}} */
    public ObjectNode keep(JsonNode body) {
        List<byte[]> contents = new ArrayList<>();
        for (JsonNode one : body.path("contents")) {
            byte[] content = bytes(one);
            if (content.length > Configuration.MOST_BYTES) {
                throw Refusals.invalid(
                        "/contents/" + contents.size(),
                        "至多 " + Configuration.MOST_BYTES + " 字节 / at most so many bytes");
            }
            contents.add(content);
        }
        if (contents.isEmpty()) {
            throw Refusals.invalid("/contents", "至少一个 / at least one");
        }
        applying.shelf().keep(contents);
        return JsonNodeFactory.instance.objectNode().put("kept", contents.size());
    }

    private static byte[] bytes(JsonNode base64) {
        try {
            if (base64.isTextual()) {
                return base64.binaryValue();
            }
        } catch (IOException e) {
            // answered below, like what is no text
        }
        throw Refusals.invalid("/contents", "每个都是 base64 / each in base64");
    }

    /**
     * @param body {@code {what: preview|apply|confirm|withdraw|rollback, reason, files: {name: hash}, version, messages, despiteFailing,
     *     despiteTimelines, canary: {percent, partners}}}
     * @return {@code {what, version, unchanged, canary, diff, preview?}}
     * @throws Refused why not, and what to do; then all is as before
     */
    public ObjectNode change(String who, JsonNode body) {
        return switch (body.path("what").asText()) {
            case "preview" -> preview(sent(body), messages(body));
            case "apply" ->
                answer(
                        "apply",
                        body.has("canary")
                                ? canaries.begin(
                                        who, reason(body), sent(body), share(body.path("canary")), despite(body))
                                : applying.apply(who, reason(body), sent(body), despite(body)));
            case "confirm" -> answer("confirm", canaries.confirm(who, reason(body)));
            case "withdraw" -> answer("withdraw", canaries.withdraw(who, reason(body)));
            case "rollback" -> {
                long number = body.path("version").asLong();
                if (applying.shelf()
                        .find(number)
                        .filter(v -> v.state().equals("ACTIVE"))
                        .isEmpty()) {
                    throw Refusals.noSuchVersion(number);
                }
                yield answer(
                        "rollback",
                        applying.apply(who, reason(body), applying.shelf().load(number), Despite.EVERYTHING));
            }
            default ->
                throw Refusals.invalid("/what", "写 preview、apply、confirm、withdraw 或 rollback / write one of them");
        };
    }

    private static Despite despite(JsonNode body) {
        return new Despite(
                body.path("despiteFailing").asBoolean(),
                body.path("despiteTimelines").asBoolean());
    }

    /** Names that nobody has would let no message try it. */
    private ObjectNode share(JsonNode wish) {
        ObjectNode share = JsonNodeFactory.instance.objectNode();
        int percent = wish.path("percent").asInt();
        share.put("percent", percent);
        var partners = share.putArray("partners");
        for (JsonNode name : wish.path("partners")) {
            if (!keys.knows(name.asText())) {
                throw Refusals.invalid(
                        "/canary/partners", name.asText() + "：没有这个系统或客户 / no system and no client has this name");
            }
            partners.add(name.asText());
        }
        if (percent < 0 || percent > MOST_PERCENT || percent == 0 && partners.isEmpty()) {
            throw Refusals.invalid("/canary", "写 1–99 的百分比，或伙伴名 / write 1 to 99 per cent, or partners");
        }
        return share;
    }

    private static ObjectNode answer(String what, Applying.Done done) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("what", what)
                .put("version", done.version())
                .put("unchanged", done.unchanged())
                .put("canary", done.canary());
        answer.set("diff", done.changes().json());
        return answer;
    }

    private ObjectNode preview(Configuration next, int messages) {
        Running running = turn.running();
        Configuration now = applying.shelf().load(running.number());
        Changes changes = now.to(next);
        ObjectNode answer = answer("preview", new Applying.Done(running.number(), changes, changes.count() == 0, null));
        if (changes.count() > 0) {
            answer.set("preview", examiner.looked(next, changes, (folder, contradicted) -> {
                ObjectNode preview = comparison.of(now, next, running, folder, messages);
                Changes.list(preview.putArray("examples"), contradicted.examples());
                Changes.list(preview.putArray("timelines"), contradicted.timelines());
                return preview;
            }));
        }
        return answer;
    }

    private static String reason(JsonNode body) {
        String reason = body.path("reason").asText();
        if (!REASON.matcher(reason).matches()) {
            throw Refusals.invalid("/reason", "4–200 个字，不得含姓名、号码 / 4 to 200 characters, nobody's name or number");
        }
        return reason;
    }

    private static int messages(JsonNode body) {
        int most = body.path("messages").asInt(MESSAGES);
        if (most < 0 || most > MOST_MESSAGES) {
            throw Refusals.invalid("/messages", "0–" + MOST_MESSAGES);
        }
        return most;
    }

    /** The files that were named, by the contents that were kept. */
    private Configuration sent(JsonNode body) {
        Map<String, String> hashes = new TreeMap<>();
        body.path("files")
                .properties()
                .forEach(file -> hashes.put(file.getKey(), file.getValue().asText()));
        if (hashes.isEmpty()) {
            throw Refusals.invalid("/files", "写明每个文件的 SHA-256 / name each file with its SHA-256");
        }
        Set<String> missing = applying.shelf().missing(hashes.values());
        if (!missing.isEmpty()) {
            throw Refusals.invalid(
                    "/files",
                    missing.size()
                            + " 个文件的内容还没有送来，先发到 configuration/files / contents of so many files are not here: post them to configuration/files first");
        }
        Map<String, byte[]> contents = applying.shelf().contents(hashes.values());
        Map<String, byte[]> files = new HashMap<>();
        hashes.forEach((name, hash) -> files.put(name, contents.get(hash)));
        try {
            return new Configuration(files);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid("/files", e.getMessage());
        }
    }
}
