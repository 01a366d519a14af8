package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.lib.ExtensionFunctionCall;
import net.sf.saxon.lib.ExtensionFunctionDefinition;
import net.sf.saxon.om.Item;
import net.sf.saxon.om.Sequence;
import net.sf.saxon.om.StructuredQName;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.BooleanValue;
import net.sf.saxon.value.EmptySequence;
import net.sf.saxon.value.SequenceType;
import net.sf.saxon.value.StringValue;

/**
 * A {@link Word} as an XPath function in the namespace {@code urn:songda:mapping}; arguments and results are strings,
 * booleans or empty.
 */
final class XsltWord extends ExtensionFunctionDefinition {

    static final String NAMESPACE = "urn:songda:mapping";
    private final Word word;

    XsltWord(Word word) {
        this.word = word;
    }

    @Override
    public StructuredQName getFunctionQName() {
        return new StructuredQName("s", NAMESPACE, word.name());
    }

    @Override
    public int getMinimumNumberOfArguments() {
        return word.min();
    }

    @Override
    public int getMaximumNumberOfArguments() {
        return word.max();
    }

    @Override
    public SequenceType[] getArgumentTypes() {
        var types = new SequenceType[word.max()];
        Arrays.fill(types, SequenceType.OPTIONAL_STRING);
        return types;
    }

    @Override
    public SequenceType getResultType(SequenceType[] arguments) {
        return SequenceType.OPTIONAL_ATOMIC;
    }

    /** Else a call whose result nobody reads is dropped, and a refusal with it. */
    @Override
    public boolean hasSideEffects() {
        return word.name().equals("refuse");
    }

    @Override
    public ExtensionFunctionCall makeCallExpression() {
        return new ExtensionFunctionCall() {
            @Override
            public Sequence call(XPathContext context, Sequence[] arguments) throws XPathException {
                var values = new JsonNode[arguments.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = json(arguments[i].head());
                }
                try {
                    return xdm(word.body().of(values));
                } catch (Breach e) {
                    // Saxon prints any other kind of exception to the terminal.
                    throw new XPathException(e);
                }
            }
        };
    }

    private static JsonNode json(Item item) {
        return item == null ? NullNode.instance : TextNode.valueOf(item.getStringValue());
    }

    private static Sequence xdm(JsonNode value) {
        if (value.isNull()) {
            return EmptySequence.getInstance();
        }
        return value.isBoolean() ? BooleanValue.get(value.booleanValue()) : new StringValue(value.asText());
    }
}
