package songda.label;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import songda.deadline.YamlPlace;
import songda.label.Template.Area;
import songda.label.Template.Part;
import songda.label.Template.Side;
import songda.label.Template.Style;

/** Reads a template; what is wrong is said with file, line and what to write. */
final class TemplateFile {

    private static final Set<String> KEYS = Set.of("zh", "en", "paper", "kind", "draw");
    private static final List<String> KINDS = List.of("text", "barcode", "qr", "box", "table");
    private static final Set<String> STYLES =
            Set.of("bold", "inverse", "left", "centre", "right", "top", "middle", "bottom");
    private static final String MARK = "特投";
    private static final String NUMBER = "waybillNo";
    /** mm, of the postal standard. */
    private static final double BARCODE = 10;

    private final Template.Paper paper;

    private TemplateFile(Template.Paper paper) {
        this.paper = paper;
    }

    /** @throws IllegalArgumentException with file, line and what to write */
    static Template read(Path file, String text) {
        YamlPlace root = YamlPlace.read(file, text);
        root.only(KEYS);
        for (String name : List.of("zh", "en")) {
            root.checked(name, "", value -> {
                if (value.isBlank()) {
                    throw new IllegalArgumentException("say what it is, e.g. " + name + ": two-part waybill");
                }
                return value;
            });
        }
        Template.Paper paper = root.checked("paper", "paper: ", Template.Paper::of);
        boolean pages = root.checked("kind", "kind: ", TemplateFile::pages);
        List<Part> parts = new ArrayList<>();
        TemplateFile reader = new TemplateFile(paper);
        root.list("draw").forEach(part -> parts.add(reader.part(part)));
        String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
        Template template = new Template(file, name, paper, pages, List.copyOf(parts));
        check(root, template);
        return template;
    }

    private static boolean pages(String kind) {
        return switch (kind) {
            case "label" -> false;
            case "list" -> true;
            default -> throw new IllegalArgumentException("write label (one piece) or list (several pages)");
        };
    }

    private static void check(YamlPlace root, Template template) {
        if (template.parts().isEmpty()) {
            throw root.wrong("draw: write a list of what stands on the paper, e.g. - text: 特投");
        }
        if (template.pages()) {
            return;
        }
        boolean marked = template.parts().stream()
                .anyMatch(p -> p instanceof Template.Text t
                        && t.words().are(MARK)
                        && t.when().isEmpty());
        if (!marked) {
            throw root.at("draw")
                    .wrong("a label without the mark 特投 is refused (R25): add - text: 特投, with at, size and letters");
        }
        boolean coded = template.parts().stream()
                .anyMatch(p -> p instanceof Template.Bars b
                        && b.words().areField(NUMBER)
                        && b.area().height() - b.letters() >= BARCODE);
        if (!coded) {
            throw root.at("draw")
                    .wrong(
                            "a label needs its waybill number as a barcode of at least 10 mm: add - barcode: '{waybillNo}'");
        }
    }

    private Part part(YamlPlace at) {
        List<String> found = KINDS.stream().filter(at::has).toList();
        if (found.size() != 1) {
            throw at.wrong("write one of " + KINDS + " as what is drawn, e.g. - text: 特投");
        }
        String when = at.text("when", "");
        Area area = area(at, found.get(0));
        return switch (found.get(0)) {
            case "text" -> {
                at.only(Set.of("text", "at", "size", "letters", "least", "style", "when"));
                yield new Template.Text(area, at.line(), when, words(at, "text"), style(at));
            }
            case "barcode" -> {
                at.only(Set.of("barcode", "at", "size", "below", "when"));
                double below = at.has("below") ? at.checked("below", "below: ", TemplateFile::number) : 0;
                yield new Template.Bars(area, at.line(), when, words(at, "barcode"), below);
            }
            case "qr" -> {
                at.only(Set.of("qr", "at", "size", "when"));
                yield new Template.Qr(area, at.line(), when, words(at, "qr"));
            }
            case "box" -> {
                at.only(Set.of("box", "at", "size", "when"));
                yield new Template.Box(area, at.line(), when, at.checked("box", "box: ", TemplateFile::number));
            }
            default -> table(at, area, when);
        };
    }

    private Part table(YamlPlace at, Area area, String when) {
        at.only(Set.of("table", "at", "size", "letters", "least", "style", "columns", "when"));
        List<Template.Column> columns = new ArrayList<>();
        for (YamlPlace column : at.list("columns")) {
            column.only(Set.of("title", "width", "text"));
            columns.add(new Template.Column(
                    column.text("title", ""),
                    column.checked("width", "width: ", TemplateFile::number),
                    words(column, "text"),
                    column.line()));
        }
        double wide = columns.stream().mapToDouble(Template.Column::width).sum();
        if (columns.isEmpty() || wide > area.width() + 0.01) {
            throw at.at("columns")
                    .wrong("columns: write - { title: 运单号, width: 30, text: '{waybillNo}' }, together at most "
                            + shown(area.width()) + " mm wide");
        }
        return new Template.Table(area, at.line(), when, at.text("table", ""), style(at), List.copyOf(columns));
    }

    private static Words words(YamlPlace at, String key) {
        return at.checked(key, key + ": ", Words::of);
    }

    private Area area(YamlPlace at, String kind) {
        double[] corner = at.checked("at", "at: ", value -> two(value, "4,20: 4 mm from the left, 20 mm from the top"));
        double[] size = at.checked("size", "size: ", value -> two(value, "60,12: 60 mm wide, 12 mm high"));
        Area area = new Area(corner[0], corner[1], size[0], size[1]);
        boolean flat = !kind.equals("box") && (area.width() == 0 || area.height() == 0);
        if (flat
                || area.left() + area.width() > paper.width() + 0.001
                || area.top() + area.height() > paper.height() + 0.001) {
            throw at.at("size")
                    .wrong("size: " + (flat ? "must not be 0" : "goes over the edge of the paper, " + paper.name()));
        }
        return area;
    }

    private static Style style(YamlPlace at) {
        Set<String> words = Set.of(
                at.text("style", "").isBlank()
                        ? new String[0]
                        : at.text("style", "").strip().split("\\s+"));
        for (String word : words) {
            if (!STYLES.contains(word)) {
                throw at.at("style")
                        .wrong("style: unknown word '" + word + "', use some of "
                                + STYLES.stream().sorted().toList());
            }
        }
        double letters = at.checked("letters", "letters: ", TemplateFile::letters);
        double least = at.has("least") ? at.checked("least", "least: ", TemplateFile::letters) : letters;
        return new Style(
                letters,
                Math.min(least, letters),
                words.contains("bold"),
                words.contains("inverse"),
                side(words, "centre", "right"),
                side(words, "middle", "bottom"));
    }

    private static Side side(Set<String> words, String middle, String end) {
        return words.contains(middle) ? Side.MIDDLE : words.contains(end) ? Side.END : Side.START;
    }

    private static double letters(String text) {
        double letters = number(text);
        if (letters < 1.5) {
            throw new IllegalArgumentException("nobody reads letters of less than 1.5 mm");
        }
        return letters;
    }

    private static double number(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,2})?")) {
            throw new IllegalArgumentException("write mm, e.g. 3.5");
        }
        return Double.parseDouble(text);
    }

    private static double[] two(String text, String like) {
        if (!text.matches("\\s*\\d{1,3}(\\.\\d{1,2})?\\s*,\\s*\\d{1,3}(\\.\\d{1,2})?\\s*")) {
            throw new IllegalArgumentException("write two numbers in mm, e.g. " + like);
        }
        String[] parts = text.split(",");
        return new double[] {Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip())};
    }

    private static String shown(double mm) {
        return mm == Math.rint(mm) ? String.valueOf((long) mm) : String.valueOf(mm);
    }
}
