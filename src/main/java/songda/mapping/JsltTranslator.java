package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON to JSON by {@code map.jslt}. */
final class JsltTranslator implements Translator {

    private static final Pattern FAULT = Pattern.compile("at line (\\d+), column \\d+");
    private final Expression map;
    private final Place place;

    private JsltTranslator(Expression map, Place place) {
        this.map = map;
        this.place = place;
    }

    static JsltTranslator compile(Path file, Place place, Tables tables, Refusals refusals) {
        try (Reader source = source(file, place, tables)) {
            Expression map = new Parser(source)
                    .withSource(place.shown(file))
                    .withFunctions(List.copyOf(Words.of(place, tables, refusals)))
                    .withResourceResolver(name ->
                            source(tables.reads(place.within(place.folder().resolve(name), name)), place, tables))
                    // JSLT's own filter would drop empty lists and objects, too.
                    .withObjectFilter(value -> !value.isNull())
                    .compile();
            return new JsltTranslator(map, place);
        } catch (JsltException e) {
            throw broken(e, place.shown(file));
        } catch (IOException e) {
            throw new MappingBroken(place.shown(file), "cannot be read: " + e.getMessage());
        }
    }

    /** The parser's own line is the one before the fault, and after its first line it lists the whole grammar. */
    private static MappingBroken broken(JsltException e, String file) {
        String message = e.getMessageWithoutLocation().lines().findFirst().orElse("");
        Matcher at = FAULT.matcher(message);
        int line = at.find() ? Integer.parseInt(at.group(1)) : e.getLine();
        return new MappingBroken(e.getSource() == null ? file : e.getSource(), line, message);
    }

    private String where(JsltException e) {
        return e.getSource() == null
                ? place.shown() + "/map.jslt"
                : e.getSource() + ":" + e.getLine() + ":" + e.getColumn();
    }

    private static Reader source(Path file, Place place, Tables tables) {
        try {
            String text = Files.readString(file);
            tables.prepare(text, place.shown(file));
            return new StringReader(text);
        } catch (IOException e) {
            throw new MappingBroken(place.shown(file), "cannot be read: " + e.getMessage());
        }
    }

    @Override
    public boolean readsXml() {
        return false;
    }

    @Override
    public JsonNode translate(JsonNode message) {
        try {
            return map.apply(message);
        } catch (JsltException e) {
            // Its message may repeat a value.
            throw Breach.ours(
                    where(e) + ": met a value of a kind that it cannot take; let in.schema.json say the kind");
        }
    }

    @Override
    public JsonNode translate(byte[] xml) {
        throw new IllegalStateException(place.shown() + " reads JSON");
    }
}
