package songda.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import songda.HubTest;
import songda.mapping.Mappings;

/** Letters as they come about, and the mapping mended. */
abstract class LetterTest extends HubTest {

    static final String LETTERS = "/api/v1/dead-letters";
    static final String REPLAYS = "/api/v1/replays";
    static final String WHY = "{\"reason\":\"测试报文，不需要\"}";

    @Autowired
    Mappings mappings;

    @Value("${songda.mappings}")
    Path folder;

    static ObjectNode scan(String waybill, String code, String time) {
        return JSON.createObjectNode()
                .put("serialNo", "S-" + waybill + code)
                .put("waybillNo", waybill)
                .put("opCode", code)
                .put("opDesc", "签收人金丝雀")
                .put("opTime", time);
    }

    /** @return the number of the letter */
    String aside(ObjectNode scan) {
        Answer answer = post("ems", SCANS, scan);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("deadLetter").asText();
    }

    /** One more line in a table of {@code postal/scan-to-fact}. */
    void mend(String table, String line) {
        Path file = folder.resolve("postal/scan-to-fact/" + table);
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mappings.reload(file);
    }

    JsonNode letter(String id) {
        return get("desk", LETTERS + "/" + id).json();
    }

    Answer replay(String id, boolean dryRun) {
        return post("desk", LETTERS + "/" + id + "/replay", "{\"reason\":\"编码表已补上\",\"dryRun\":" + dryRun + "}");
    }

    JsonNode replayed(String id, boolean dryRun) {
        Answer answer = replay(id, dryRun);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    String print(String id) {
        return letter(id).path("fingerprint").asText();
    }

    Answer start(String which, long count, int rate) {
        return post(
                "desk", REPLAYS, "{%s,\"count\":%d,\"rate\":%d,\"reason\":\"编码表已补上\"}".formatted(which, count, rate));
    }

    /** @return the number of the job */
    String started(String print, long count, int rate) {
        Answer answer = start("\"fingerprint\":\"" + print + "\"", count, rate);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    JsonNode job(String id) {
        return get("desk", REPLAYS + "/" + id).json();
    }

    void done(String job) {
        awaiting(() -> assertThat(job(job).path("state").asText()).isEqualTo("DONE"));
    }
}
