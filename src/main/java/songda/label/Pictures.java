package songda.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.failure.Unmappable;

/** A job as people look at it: one PNG a page, 203 dpi. */
public final class Pictures {

    private static final int DPI = 203;
    private final Labels labels;

    public Pictures(Labels labels) {
        this.labels = labels;
    }

    /**
     * @param job as for {@code printer:job}
     * @param template null: the first of the job
     * @return {@code {template, paper, pages: [PNG in base64]}}
     * @throws Refused (422) when it cannot be drawn
     */
    public ObjectNode of(JsonNode job, String template) {
        String name = template == null ? job.path("templates").path(0).asText() : template;
        try {
            List<Raster> pages = labels.draw(name, job.path("fields"), DPI);
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("template", name);
            ArrayNode list = answer.put("paper", labels.paper(name)).putArray("pages");
            pages.forEach(page -> list.add(png(page)));
            return answer;
        } catch (Unmappable e) {
            throw new Refused(Problem.of(
                    422,
                    "no-label",
                    "画不出标签",
                    "The label cannot be drawn",
                    new Problem.Field("template", e.getMessage())));
        }
    }

    public static byte[] png(Raster page) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(page.image(), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
