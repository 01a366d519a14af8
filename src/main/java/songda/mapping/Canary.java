package songda.mapping;

import java.util.Set;

/**
 * A version of the configuration whose mappings some messages use before all do.
 *
 * @param version its number
 * @param mappings those of that version
 * @param percent of the messages: by the order that they are about, so that an order's messages out go together; what comes in by its correlation id
 * @param partners systems ({@code gov}) or clients ({@code zjzwfw}); all their messages use it
 */
public record Canary(long version, Mappings mappings, int percent, Set<String> partners) {

    /** Exchange property: the version that its mappings are of, 0 for the one in force. */
    public static final String PROPERTY = "songda.canary";

    private static final int WHOLE = 100;

    /**
     * @param client who sent it, or null
     * @param key of what goes together
     */
    boolean takes(String mapping, String client, String key) {
        return partners.contains(mapping.substring(0, mapping.indexOf('/')))
                || client != null && partners.contains(client)
                || Math.floorMod(key.hashCode(), WHOLE) < percent;
    }
}
