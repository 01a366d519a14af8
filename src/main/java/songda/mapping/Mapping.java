package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import songda.failure.Problem.Field;

/** One folder under {@code mappings/}, compiled. Immutable and safe for many threads. */
public final class Mapping {

    private final Place place;
    private final Translator translator;
    private final Optional<Contract> in;
    private final Optional<Contract> out;
    private final Refusals refusals;
    private final Set<Path> uses;
    private final Tables tables;

    private Mapping(Place place, Translator translator, Refusals refusals, Tables tables) {
        this.place = place;
        this.translator = translator;
        this.refusals = refusals;
        this.uses = tables.folders();
        this.tables = tables;
        this.in = contract(place, "in.schema.json");
        this.out = contract(place, "out.schema.json");
    }

    /** @throws MappingBroken with file and line */
    static Mapping compile(Place place) {
        return compile(place, (table, key) -> {});
    }

    /** @param looked hears of each key that is looked up, and in which table's file */
    static Mapping compile(Place place, BiConsumer<String, String> looked) {
        var tables = new Tables(place, looked);
        var refusals = new Refusals();
        Path jslt = place.folder().resolve("map.jslt");
        Path xsl = place.folder().resolve("map.xsl");
        if (Files.exists(jslt) && Files.exists(xsl)) {
            throw new MappingBroken(place.shown(), "has map.jslt and map.xsl: keep one");
        }
        if (!Files.exists(jslt) && !Files.exists(xsl)) {
            throw new MappingBroken(place.shown(), "has no map.jslt and no map.xsl");
        }
        Translator translator = Files.exists(jslt)
                ? JsltTranslator.compile(jslt, place, tables, refusals)
                : XsltTranslator.compile(xsl, place, tables, refusals);
        return new Mapping(place, translator, refusals, tables);
    }

    private static Optional<Contract> contract(Place place, String name) {
        Path file = place.folder().resolve(name);
        return Files.exists(file) ? Optional.of(Contract.read(file, place.shown(file))) : Optional.empty();
    }

    /** {@code gov/order-to-fact} */
    public String name() {
        return place.name();
    }

    /**
     * Translates one message.
     *
     * @param body byte[], InputStream, String or JsonNode; XML as byte[], InputStream or String
     * @return JsonNode for a JSON result, String for XML or text
     * @throws songda.failure.Refused 400 (unreadable), 413 (over 2 MB) or 422 (breaks its contract or a guard), on
     *     {@link OnBreach#REFUSE}; fields carry JSON pointers and never a value
     * @throws songda.failure.Unmappable on {@link OnBreach#SET_ASIDE}, and always when the mapping itself is at fault
     */
    public Object translate(Object body, OnBreach wish) {
        try {
            return translate(body);
        } catch (Breach e) {
            throw e.as(wish, "mapping:" + name());
        }
    }

    /** The body as JSON, within the limits of a message. */
    JsonNode read(Object body, OnBreach wish) {
        try {
            return json(body);
        } catch (Breach e) {
            throw e.as(wish, "mapping:" + name());
        }
    }

    /** @return {@code {answer, asked}} */
    com.fasterxml.jackson.databind.node.ObjectNode beside(Object answer, JsonNode asked, OnBreach wish) {
        try {
            return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                    .objectNode()
                    .<com.fasterxml.jackson.databind.node.ObjectNode>set("answer", json(answer))
                    .<com.fasterxml.jackson.databind.node.ObjectNode>set("asked", asked);
        } catch (Breach e) {
            throw e.as(wish, "mapping:" + name());
        }
    }

    Object translate(Object body) {
        if (translator.readsXml()) {
            return kept(run(() -> translator.translate(bytes(body))));
        }
        JsonNode message = json(body);
        in.map(c -> c.breaches(message)).filter(f -> !f.isEmpty()).ifPresent(f -> {
            throw Breach.invalid(f);
        });
        return kept(run(() -> translator.translate(message)));
    }

    Tables tables() {
        return tables;
    }

    boolean uses(Path folder) {
        return place.folder().equals(folder) || uses.contains(folder);
    }

    private interface Run {
        Object now();
    }

    /**
     * Refusals outrank what fails after them: the expression that fails may fail because of what was refused. Where a language falls over a message in a way of
     * its own, that is the mapping's fault like any other; its words may repeat a value.
     */
    private Object run(Run run) {
        Object result;
        try {
            result = run.now();
        } catch (Breach e) {
            refuse(refusals.take());
            throw e;
        } catch (RuntimeException e) {
            refuse(refusals.take());
            throw Breach.ours(place.shown() + ": falls over this message ("
                    + e.getClass().getSimpleName() + "); let in.schema.json say what may come");
        }
        refuse(refusals.take());
        return result;
    }

    private static void refuse(List<Field> fields) {
        if (!fields.isEmpty()) {
            throw Breach.invalid(fields);
        }
    }

    private Object kept(Object result) {
        if (out.isPresent() && result instanceof JsonNode json) {
            List<Field> breaches = out.get().breaches(json);
            if (!breaches.isEmpty()) {
                throw Breach.ours(place.shown() + ": the result breaks out.schema.json: "
                        + Breach.invalid(breaches).getMessage());
            }
        }
        return result;
    }

    private JsonNode json(Object body) {
        if (body instanceof byte[] bytes) {
            return StrictJson.read(bytes);
        }
        if (body instanceof JsonNode tree) {
            return StrictJson.checked(tree);
        }
        if (body instanceof String text) {
            return StrictJson.read(text);
        }
        return StrictJson.read(bytes(body));
    }

    private byte[] bytes(Object body) {
        if (body instanceof byte[] bytes) {
            return limited(bytes);
        }
        if (body instanceof String text) {
            return limited(text.getBytes(StandardCharsets.UTF_8));
        }
        if (body instanceof InputStream stream) {
            return limited(stream);
        }
        String kind = body == null ? "nothing" : body.getClass().getName();
        throw new IllegalArgumentException(
                "mapping:" + name() + " was given " + kind + "; it reads byte[], InputStream, String or JsonNode");
    }

    private static byte[] limited(InputStream stream) {
        try {
            return limited(stream.readNBytes(StrictJson.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the body could not be read", e);
        }
    }

    private static byte[] limited(byte[] bytes) {
        if (bytes.length > StrictJson.MAX_BYTES) {
            throw Breach.tooLarge(StrictJson.MAX_BYTES);
        }
        return bytes;
    }
}
