package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Function;

/**
 * One function that mappings have beyond those of their language; JSLT calls it as it is, XSLT through
 * {@link XsltWord}.
 */
record Word(String name, int min, int max, Body body) implements Function {

    interface Body {
        JsonNode of(JsonNode... arguments);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getMinArguments() {
        return min;
    }

    @Override
    public int getMaxArguments() {
        return max;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] arguments) {
        return body.of(arguments);
    }
}
