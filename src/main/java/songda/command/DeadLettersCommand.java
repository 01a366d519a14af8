package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "dead-letters", description = "搁置的报文 / messages that were set aside")
final class DeadLettersCommand {

    private static final String ALL = "/api/v1/dead-letters";
    private static final String REPLAYS = "/api/v1/replays";
    private static final String REASON = "原因，留审计记录 / the reason, which is audited";

    /** Which letters are meant. */
    static final class Which {

        @Option(names = "--fingerprint", description = "哪一组 / of which group")
        private String fingerprint;

        @Option(names = "--door", description = "从哪个门进来 / of which door")
        private String door;

        @Option(names = "--system", description = "哪个系统 / of which system")
        private String system;

        @Option(names = "--since", description = "此刻起到达的，如 2026-11-24T00:00:00+08:00 / arrived at or after")
        private String since;

        @Option(names = "--until", description = "此刻之前到达的 / arrived before")
        private String until;

        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            put(json, "fingerprint", fingerprint);
            put(json, "door", door);
            put(json, "system", system);
            put(json, "since", since);
            put(json, "until", until);
            return json;
        }

        private static void put(ObjectNode json, String name, String value) {
            if (value != null) {
                json.put(name, value);
            }
        }

        private StringJoiner query() {
            StringJoiner query = new StringJoiner("&", "?", "");
            add(query, "fingerprint", fingerprint);
            add(query, "door", door);
            add(query, "sender", system);
            add(query, "since", since);
            add(query, "until", until);
            return query;
        }
    }

    @Command(
            name = "list",
            description = "按原因分组；带 --fingerprint 列出那一组 / by cause; with --fingerprint the letters of one")
    int list(
            @Mixin Hub hub,
            @Mixin Which which,
            @Option(names = "--state", description = "OPEN REPLAYED DROPPED (${DEFAULT-VALUE})", defaultValue = "OPEN")
                    String state,
            @Option(names = "--most", description = "至多几条 / at most (${DEFAULT-VALUE})", defaultValue = "200")
                    int most) {
        String cursor = null;
        int shown = 0;
        JsonNode page;
        do {
            StringJoiner query = which.query();
            add(query, "state", state);
            add(query, "cursor", cursor);
            page = hub.get(ALL + query);
            if (cursor == null) {
                groups(page.path("groups"));
            }
            for (JsonNode one : page.path("letters")) {
                System.out.printf(
                        "%-20s %-25s %s ×%d %s%n",
                        one.path("id").asText(),
                        one.path("arrivedAt").asText(),
                        one.path("state").asText(),
                        one.path("attempts").asInt(),
                        one.path("correlation").asText());
                shown++;
            }
            cursor = page.path("next").asText(null);
        } while (cursor != null && shown < most);
        System.out.println(
                page.path("count").asInt() + " 封 / in all" + (cursor == null ? "" : "，还有 / and there are more"));
        return 0;
    }

    private static void groups(JsonNode groups) {
        for (JsonNode one : groups) {
            System.out.printf(
                    "%s  ×%d  %s  %s … %s%n  %s%n  %s%n",
                    one.path("fingerprint").asText(),
                    one.path("count").asInt(),
                    one.path("door").asText(),
                    one.path("firstSeen").asText(),
                    one.path("lastSeen").asText(),
                    one.path("reason").asText(),
                    one.path("place").asText());
        }
    }

    static void add(StringJoiner query, String name, String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    @Command(name = "show", description = "一封，个人信息已遮盖 / one of them, without its person")
    int show(@Mixin Hub hub, @Parameters(paramLabel = "<id>") String id) {
        return DeadlinesCommand.print(hub.get(ALL + "/" + id));
    }

    @Command(name = "reveal", description = "原文，密钥须有 reveal 权限 / as it came; the key needs the right reveal")
    int reveal(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return DeadlinesCommand.print(hub.post(ALL + "/" + id + "/reveal", reason(reason)));
    }

    @Command(
            name = "replay",
            description = {
                "重放一封，或一批（须填现在的数目）；--dry-run 只试算 / replays one, or many with their present count; --dry-run sends nothing",
                "dead-letters replay 42017 --reason 编码表已补上",
                "dead-letters replay --fingerprint 9f86d081884c7d65 --dry-run",
                "dead-letters replay --fingerprint 9f86d081884c7d65 --count 312 --rate 50 --reason 编码表已补上"
            })
    int replay(
            @Mixin Hub hub,
            @Mixin Which which,
            @Parameters(paramLabel = "<id>", arity = "0..1") String id,
            @Option(names = "--dry-run", description = "只试算 / only says what would follow") boolean dryRun,
            @Option(names = "--count", description = "现在有几封 / how many there are now") Integer count,
            @Option(names = "--rate", description = "每秒几封，缺省 20 / letters a second, 20 unless given") Integer rate,
            @Option(names = "--reason", description = REASON) String reason) {
        if (id != null) {
            return DeadlinesCommand.print(hub.post(
                    ALL + "/" + id + "/replay",
                    reason(dryRun && reason == null ? "dry run" : reason).put("dryRun", dryRun)));
        }
        ObjectNode body = which.json();
        if (dryRun) {
            return DeadlinesCommand.print(hub.post(REPLAYS + "/forecast", body));
        }
        body.put("count", counted(count)).setAll(reason(reason));
        if (rate != null) {
            body.put("rate", rate);
        }
        return DeadlinesCommand.print(hub.post(REPLAYS, body));
    }

    @Command(name = "drop", description = "放弃一封，或一批（须填现在的数目） / drops one, or many with their present count")
    int drop(
            @Mixin Hub hub,
            @Mixin Which which,
            @Parameters(paramLabel = "<id>", arity = "0..1") String id,
            @Option(names = "--count", description = "现在有几封 / how many there are now") Integer count,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        if (id != null) {
            return DeadlinesCommand.print(hub.post(ALL + "/" + id + "/drop", reason(reason)));
        }
        ObjectNode body = which.json().put("count", counted(count));
        body.setAll(reason(reason));
        return DeadlinesCommand.print(hub.post(ALL + "/drop", body));
    }

    @Command(name = "replays", description = "批量重放到哪里了 / how far bulk replays are")
    int replays(@Mixin Hub hub, @Parameters(paramLabel = "<replay>", arity = "0..1") String id) {
        return DeadlinesCommand.print(hub.get(id == null ? REPLAYS : REPLAYS + "/" + id));
    }

    @Command(name = "pause", description = "暂停批量重放 / pauses a bulk replay")
    int pause(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<replay>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return DeadlinesCommand.print(hub.post(REPLAYS + "/" + id + "/pause", reason(reason)));
    }

    @Command(name = "resume", description = "继续批量重放 / resumes a bulk replay")
    int resume(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<replay>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return DeadlinesCommand.print(hub.post(REPLAYS + "/" + id + "/resume", reason(reason)));
    }

    @Command(name = "cancel", description = "取消批量重放 / cancels a bulk replay")
    int cancel(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<replay>") String id,
            @Option(names = "--reason", required = true, description = REASON) String reason) {
        return DeadlinesCommand.print(hub.post(REPLAYS + "/" + id + "/cancel", reason(reason)));
    }

    private static ObjectNode reason(String reason) {
        if (reason == null) {
            throw new Commands.Problem("须用 --reason 写明原因 / say why with --reason");
        }
        return JsonNodeFactory.instance.objectNode().put("reason", reason);
    }

    private static int counted(Integer count) {
        if (count == null) {
            throw new Commands.Problem("须用 --count 填现在的数目，见 dead-letters list / type the present count with --count");
        }
        return count;
    }
}
