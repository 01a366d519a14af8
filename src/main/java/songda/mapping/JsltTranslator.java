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

/** JSON to JSON by {@code map.jslt}. */
final class JsltTranslator implements Translator {

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
                    .withFunctions(java.util.List.copyOf(Words.of(place, tables, refusals)))
                    .withResourceResolver(
                            name -> source(place.within(place.folder().resolve(name), name), place, tables))
                    // JSLT's own filter would drop empty lists and objects, too.
                    .withObjectFilter(value -> !value.isNull())
                    .compile();
            return new JsltTranslator(map, place);
        } catch (JsltException e) {
            String where = e.getSource() == null ? place.shown(file) : e.getSource();
            throw new MappingBroken(where, e.getLine(), e.getMessageWithoutLocation());
        } catch (IOException e) {
            throw new MappingBroken(place.shown(file), "cannot be read: " + e.getMessage());
        }
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
            throw Breach.ours(e.getSource() + ":" + e.getLine() + ":" + e.getColumn()
                    + ": this expression met a value of a kind that it cannot take; let in.schema.json say the kind");
        }
    }

    @Override
    public JsonNode translate(byte[] xml) {
        throw new IllegalStateException(place.shown() + " reads JSON");
    }
}
