package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What came of one message, for whoever compares two mappings.
 *
 * @param result missing where it was refused; a text for XML
 * @param no why it was refused, or null; where in it, and of codes which
 */
public record Trial(JsonNode result, String no) {

    public static Trial of(Mapping mapping, JsonNode message) {
        try {
            Object result = mapping.translate((Object) message);
            return new Trial(result instanceof JsonNode json ? json : TextNode.valueOf(String.valueOf(result)), null);
        } catch (Breach e) {
            return new Trial(MissingNode.getInstance(), e.text());
        } catch (RuntimeException | StackOverflowError e) {
            return new Trial(MissingNode.getInstance(), e.getClass().getSimpleName());
        }
    }
}
