package songda;

import java.util.Map;

/** What the norm wants of a fact at the least, for tests that are about something else. */
public final class TestFacts {

    private static final Map<String, String> LEAST = Map.of(
            "complaint.received", "{\"complaintNo\":\"C1\",\"kind\":\"OTHER\"}",
            "responsibility.found", "{\"unit\":\"31110001\",\"person\":\"courier-7\"}",
            "remedy.apologised", "{\"evidence\":\"V-1\"}",
            "remedy.refunded", "{\"evidence\":\"F-1\"}",
            "remedy.reissued", "{\"waived\":\"FOUND\"}",
            "receipt.resign-sent", "{\"reasonCode\":\"AGENT_SIGNED\",\"resignWaybillNo\":\"1272448159992\"}");

    private TestFacts() {}

    /** Its data as JSON. */
    public static String least(String fact) {
        return LEAST.getOrDefault(fact, "{}");
    }
}
