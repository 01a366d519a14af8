package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import songda.configuration.Configuration;
import songda.site.SiteFolder;

/** The folder that somebody proposes. Only what the hub has not got goes over the line. */
final class Proposal {

    private static final String CONFIGURATION = "/api/v1/configuration";
    /** Of base64 in one request; the API takes 1 MB. */
    private static final int MOST_OF_A_REQUEST = 940_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            arity = "0..1",
            paramLabel = "<dir>",
            description = "有 routes/ 和 mappings/ 的目录 / the folder that has both",
            defaultValue = "")
    private Path folder;

    @Option(names = "--site", description = "叠在上面的现场文件夹 / a site's folder, laid over it")
    private Path site;

    /** @return {@code {name: hash}} of all files, whose contents the hub has by now */
    ObjectNode send(Hub hub) {
        Path routes = folder.resolve("routes");
        Path mappings = folder.resolve("mappings");
        if (site != null) {
            Path laid = new SiteFolder(site, routes, mappings).lay(Workplace.folder());
            routes = laid.resolve("routes");
            mappings = laid.resolve("mappings");
        }
        Configuration mine = Configuration.read(routes, mappings);
        JsonNode theirs = hub.get(CONFIGURATION + "/"
                + hub.get(CONFIGURATION + "?limit=1").path("version").asText());
        Set<String> known = new HashSet<>();
        theirs.path("files").forEach(hash -> known.add(hash.asText()));
        send(hub, mine, known, routes, mappings);
        return JSON.valueToTree(mine.hashes());
    }

    private static void send(Hub hub, Configuration mine, Set<String> known, Path routes, Path mappings) {
        ArrayNode contents = JsonNodeFactory.instance.arrayNode();
        int size = 0;
        for (Map.Entry<String, String> file : mine.hashes().entrySet()) {
            if (!known.add(file.getValue())) {
                continue;
            }
            String content = base64(file.getKey(), routes, mappings);
            if (size + content.length() > MOST_OF_A_REQUEST) {
                post(hub, contents);
                contents = JsonNodeFactory.instance.arrayNode();
                size = 0;
            }
            contents.add(content);
            size += content.length() + 3;
        }
        post(hub, contents);
    }

    private static String base64(String name, Path routes, Path mappings) {
        Path file = name.startsWith("routes/")
                ? routes.resolve(name.substring("routes/".length()))
                : mappings.resolve(name.substring("mappings/".length()));
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void post(Hub hub, ArrayNode contents) {
        if (!contents.isEmpty()) {
            hub.post(
                    CONFIGURATION + "/files",
                    JsonNodeFactory.instance.objectNode().set("contents", contents));
        }
    }

    /** @return the hub's answer */
    static JsonNode change(Hub hub, ObjectNode body) {
        return hub.post(CONFIGURATION + "/changes", body);
    }

    static JsonNode history(Hub hub, String rest) {
        return hub.get(CONFIGURATION + rest);
    }

    /** What a person reads after a change. */
    static void print(JsonNode answer) {
        if (answer.path("unchanged").asBoolean()) {
            System.out.println("没有差别，版本 " + answer.path("version").asLong() + " 在运行 / no difference, it runs already");
            return;
        }
        if (answer.path("canary").isNumber()) {
            System.out.println("版本 " + answer.path("canary").asLong() + " 灰度中，其余报文仍用版本 "
                    + answer.path("version").asLong() + " / a canary, the other messages use the one before: "
                    + counts(answer.path("diff")));
            files(answer.path("diff"));
            return;
        }
        System.out.println(
                "版本 " + answer.path("version").asLong() + " 在运行 / is in force: " + counts(answer.path("diff")));
        files(answer.path("diff"));
    }

    static String counts(JsonNode diff) {
        return "+" + diff.path("added").size() + " -" + diff.path("removed").size() + " ~"
                + diff.path("changed").size();
    }

    static void files(JsonNode diff) {
        diff.path("added").forEach(name -> System.out.println("  + " + name.asText()));
        diff.path("removed").forEach(name -> System.out.println("  - " + name.asText()));
        diff.path("changed").forEach(name -> System.out.println("  ~ " + name.asText()));
    }
}
