package songda.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the journals of partners and driver; a last line that was torn is passed over. */
final class Journals {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Journals() {}

    interface Reader<T> {
        T read(JsonNode line);
    }

    static <T> List<T> read(Path file, Reader<T> reader) throws IOException {
        List<T> all = new ArrayList<>();
        if (!Files.exists(file)) {
            return all;
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("}")) {
                    all.add(reader.read(JSON.readTree(line)));
                }
            }
        }
        return all;
    }

    static Evidence.Try tried(JsonNode line) {
        return new Evidence.Try(
                line.path("op").asText().intern(),
                line.path("key").asText(),
                line.path("status").asInt(-1));
    }

    static Line heard(String partner, JsonNode line) {
        String op = line.path("op").asText().intern();
        return new Line(
                partner,
                Instant.parse(line.path("at").asText()),
                op,
                partner.equals("sms")
                        ? effect(line.path("key").asText())
                        : line.path("key").asText(),
                line.path("status").asInt(),
                line.path("end").asText(""),
                what(partner, op, line.path("body"), line.path("answer")));
    }

    /** {@code <subject>-<effect>/<template>}: the effect's number. */
    private static String effect(String outId) {
        return outId.replaceFirst("^\\d+-(\\d+)/.*", "$1");
    }

    private static String what(String partner, String op, JsonNode body, JsonNode answer) {
        return switch (partner + " " + op) {
            case "postal order" -> answer.path("waybillNo").asText();
            case "postal pickup" -> answer.path("pickupNo").asText();
            case "ticket ticket" -> answer.path("id").asText();
            case "inquiry chase" -> answer.path("chaseNo").asText();
            case "gov status" -> Integer.toHexString(told(body).hashCode());
            case "printer label" ->
                (body.path("whole").asBoolean() ? "whole " : "cut ")
                        + (body.path("copy").asBoolean() ? "copy" : "");
            default -> "";
        };
    }

    /** Where the order stands is said as of the sending: sent again, it may have gone on. */
    private static String told(JsonNode status) {
        return status instanceof ObjectNode object ? object.without("stage").toString() : "";
    }
}
