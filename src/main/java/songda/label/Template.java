package songda.label;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of {@code mappings/label}: what stands where, in millimetres from the upper left corner.
 *
 * @param paper what must lie in the printer: {@code 100x150}, {@code A4}
 * @param pages whether it goes on over several pages (a list) or is one piece (a label)
 */
record Template(Path file, String name, Paper paper, boolean pages, List<Part> parts) {

    /** @param name as the printers' table has it; @param width mm; @param height mm */
    record Paper(String name, double width, double height) {

        static Paper of(String name) {
            if (name.equals("A4")) {
                return new Paper(name, 210, 297);
            }
            if (!name.matches("[1-9]\\d{1,2}x[1-9]\\d{1,2}")) {
                throw new IllegalArgumentException("write width x height in mm, e.g. 100x150, or A4");
            }
            String[] sides = name.split("x");
            return new Paper(name, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        }
    }

    /** Millimetres. */
    record Area(double left, double top, double width, double height) {}

    enum Side {
        START,
        MIDDLE,
        END
    }

    /**
     * @param letters height of a letter, mm
     * @param least it may shrink to this where the area is too small, mm
     */
    record Style(double letters, double least, boolean bold, boolean inverse, Side across, Side down) {}

    /** One thing on the paper. */
    sealed interface Part {

        Area area();

        /** Of the file, for what is said about it. */
        int line();

        /** The field without which it is left out; empty: it always stands there. */
        String when();
    }

    record Text(Area area, int line, String when, Words words, Style style) implements Part {}

    /** Code 128. @param letters height of the number below it, mm; 0: none */
    record Bars(Area area, int line, String when, Words words, double letters) implements Part {}

    record Qr(Area area, int line, String when, Words words) implements Part {}

    /** A frame, or a line where one side is 0. @param thick mm */
    record Box(Area area, int line, String when, double thick) implements Part {}

    /** A row for each element of the field {@code rows}; what does not fit goes on on the next page. */
    record Table(Area area, int line, String when, String rows, Style style, List<Column> columns) implements Part {}

    /** @param width mm */
    record Column(String title, double width, Words words, int line) {}
}
