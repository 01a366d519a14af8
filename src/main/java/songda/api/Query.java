package songda.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import songda.failure.Refused;

/** The query string, read without the servlet's parameters: those would mix in a form body and forgive too much. */
final class Query {

    private Query() {}

    /** @param query undecoded, or null; @return the known ones, decoded; @throws Refused 400 if one is doubled or badly encoded */
    static Map<String, String> read(String query, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return values;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (known.contains(name)
                    && values.put(name, decode(name, equals < 0 ? "" : pair.substring(equals + 1))) != null) {
                throw new Refused(Problems.badParameter(name, "must be sent once"));
            }
        }
        return values;
    }

    private static String decode(String name, String value) {
        try {
            String decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // answered below, as what is not UTF-8
        }
        throw new Refused(Problems.badParameter(name, "is not properly percent-encoded UTF-8"));
    }
}
