package songda.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import songda.partners.StandIns;

/** The partners' stand-ins for one {@link HubProcess}, on free ports. Start them first: they wait for the hub. */
public final class StandInsProcess implements AutoCloseable {

    private static final List<String> HTTP =
            List.of("gov", "postal", "receipt85", "inquiry", "sms", "ticket", "printer");
    private final StandIns standIns;

    private StandInsProcess(StandIns standIns) {
        this.standIns = standIns;
    }

    /** @param more options of theirs, e.g. {@code --scenario demo} */
    public static StandInsProcess of(HubProcess hub, Path journal, String... more) throws IOException {
        // They end with the test's JVM, even when that is killed.
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--parent");
        options.add(Long.toString(ProcessHandle.current().pid()));
        return new StandInsProcess(StandIns.start(journal, hub.url(), hub.keys(), options.toArray(String[]::new)));
    }

    /** The hub's environment: where they are. */
    public Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        HTTP.forEach(partner ->
                addresses.put("SONGDA_" + partner.toUpperCase() + "_ADDRESS", "127.0.0.1:" + standIns.port(partner)));
        addresses.put("SONGDA_MAIL_PORT", Integer.toString(standIns.port("mail")));
        return addresses;
    }

    /** {@code POST} to their control; see src/partners/README.md. */
    public JsonNode control(String path, String body) throws IOException, InterruptedException {
        return standIns.control(path, body);
    }

    public JsonNode control(String path) throws IOException, InterruptedException {
        return standIns.control(path);
    }

    /** Every whole line that the partner wrote so far. */
    public List<JsonNode> journal(String partner) throws IOException {
        return standIns.journal(partner);
    }

    /** Of these, what is of this kind: {@code order}, {@code reply}. */
    public List<JsonNode> journal(String partner, String op) throws IOException {
        return standIns.journal(partner, op);
    }

    public int port(String partner) {
        return standIns.port(partner);
    }

    @Override
    public void close() throws InterruptedException {
        standIns.close();
    }
}
