package songda.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import songda.secret.SecretFile;

/** What an operator puts into the data folder of each hub beside an external database: the same keys for all of them. */
public final class Secrets {

    private final byte[] keys = """
            {"active": "k1", "data": {"k1": "%s"}, "index": "%s"}"""
            .formatted(random(), random())
            .getBytes(StandardCharsets.UTF_8);
    private final byte[] partners = List.of(
                    "gov zjzwfw",
                    "postal ems",
                    "receipt85 receipt85",
                    "inquiry inquiry",
                    "printer printer",
                    "sms sms",
                    "mail mail",
                    "ticket ticket",
                    "pda pda",
                    "desk desk")
            .stream()
            .map(line -> line.split(" "))
            .map(it ->
                    """
                    {"keyId": "%s-1", "system": "%s", "client": "%s", "secret": "%s", "notAfter": null}"""
                            .formatted(it[0], it[0], it[1], random()))
            .collect(Collectors.joining(",", "{\"keys\": [", "]}"))
            .getBytes(StandardCharsets.UTF_8);

    public void putInto(Path data) {
        SecretFile.write(data.resolve("keys.json"), keys);
        SecretFile.write(data.resolve("partners.json"), partners);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
