package songda.label;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;

/** The project's own templates, each with the message of one of its mapping's examples. */
public final class Sample {

    public static final Labels LABELS = new Labels(Path.of("mappings"));
    private static final Mappings MAPPINGS = new Mappings(Path.of("mappings"));

    private Sample() {}

    /** Every template with a mapping and an example that fill it. */
    public enum Of {
        ZW_76130("zw-76130", "label", "printed-again-with-value-and-fee"),
        ZW_100150("zw-100150", "label", "printed-again-with-value-and-fee"),
        ZW_100210("zw-100210", "label", "a-physical-receipt"),
        RETURN("return-100150", "return-label", "the-recipient-has-moved"),
        RESIGN("resign-100150", "resign-label", "an-agent-has-signed"),
        HANDOVER("handover-a4", "handover", "three-certificates-to-the-collector"),
        SECTION("section-a4", "section", "the-morning-round");

        public final String template;
        private final String mapping;
        private final String example;

        Of(String template, String mapping, String example) {
            this.template = template;
            this.mapping = mapping;
            this.example = example;
        }

        public boolean list() {
            return template.endsWith("-a4");
        }

        /** What the mapping says, for its {@code printer:job}. */
        public ObjectNode job() {
            try {
                Path file = Path.of("mappings/printer", mapping, "examples", example + ".in.json");
                return (ObjectNode)
                        MAPPINGS.get("printer/" + mapping).translate(Files.readAllBytes(file), OnBreach.SET_ASIDE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        public ObjectNode fields() {
            ObjectNode job = job();
            ObjectNode fields = (ObjectNode) job.get("fields");
            if (list()) {
                fields.set("copy", job.path("copies").path(0));
            }
            return fields;
        }

        public List<Raster> drawn(int dpi) {
            return LABELS.draw(template, fields(), dpi);
        }
    }

    /** The address, or what the path names, is another one. */
    static ObjectNode with(Of sample, String path, String text) {
        ObjectNode fields = sample.fields();
        int dot = path.indexOf('.');
        ObjectNode at = dot < 0 ? fields : (ObjectNode) fields.get(path.substring(0, dot));
        at.put(path.substring(dot + 1), text);
        return fields;
    }

    static BufferedImage drawn(Template template, ObjectNode fields) {
        return Drawing.draw(template, fields, 8).get(0).image();
    }

    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
