package songda.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import songda.failure.Unmappable;
import songda.label.Template.Area;
import songda.label.Template.Part;
import songda.label.Template.Side;
import songda.label.Template.Style;

/** One template with one message, drawn in dots. */
final class Drawing {

    /** mm around the letters of a table's cell. */
    private static final double PADDING = 0.8;

    private final Typeface face = Typeface.face();
    private final Template template;
    private final JsonNode fields;
    private final double scale;

    private Drawing(Template template, JsonNode fields, double scale) {
        this.template = template;
        this.fields = fields;
        this.scale = scale;
    }

    /**
     * @param scale dots of a mm
     * @return a label is one page
     * @throws Unmappable when something does not fit or is missing: nothing is ever cut off
     */
    static List<Raster> draw(Template template, JsonNode fields, double scale) {
        return new Drawing(template, fields, scale).pages();
    }

    private List<Raster> pages() {
        List<Rows> rest = tables();
        int most = rest.stream().mapToInt(rows -> rows.pages.size()).max().orElse(1);
        List<Raster> pages = new ArrayList<>();
        for (int page = 0; page < most; page++) {
            Raster raster = new Raster(
                    dots(template.paper().width()), dots(template.paper().height()));
            ObjectNode here = numbered(page, most);
            for (Part part : template.parts()) {
                draw(raster, part, here);
            }
            for (Rows rows : rest) {
                rows.draw(raster, page);
            }
            pages.add(raster);
        }
        return pages;
    }

    private ObjectNode numbered(int page, int pages) {
        ObjectNode here = JsonNodeFactory.instance.objectNode();
        if (fields instanceof ObjectNode given) {
            here.setAll(given);
        }
        return here.put("page", page + 1).put("pages", pages);
    }

    private boolean shown(Part part) {
        return part.when().isEmpty()
                || !Words.find(fields, part.when()).asText("").isEmpty();
    }

    private void draw(Raster raster, Part part, JsonNode here) {
        if (!shown(part)) {
            return;
        }
        if (part instanceof Template.Text text) {
            text(raster, text, here);
        } else if (part instanceof Template.Bars bars) {
            bars(raster, bars, here);
        } else if (part instanceof Template.Qr qr) {
            qr(raster, qr, here);
        } else if (part instanceof Template.Box box) {
            frame(raster, box.area(), Math.max(1, dots(box.thick())));
        }
    }

    private void text(Raster raster, Template.Text text, JsonNode here) {
        Lines lines = fitted(words(text.words(), here, text.line()), text.area(), text.style(), text.line());
        write(raster, lines, text.area(), text.style());
        if (text.style().inverse()) {
            Area a = text.area();
            raster.invert(dots(a.left()), dots(a.top()), dots(a.width()), dots(a.height()));
        }
    }

    private Lines fitted(String text, Area area, Style style, int line) {
        Lines lines = Lines.fit(face, text, area.width() * scale, area.height() * scale, style, scale);
        if (lines == null) {
            throw wrong(
                    line,
                    "文字放不下，不能截断 / a text does not fit and is not cut off: make its size larger or its least smaller");
        }
        return lines;
    }

    private void write(Raster raster, Lines lines, Area area, Style style) {
        double top = area.top() * scale + before(style.down(), area.height() * scale - lines.high());
        for (int[] line : lines.lines()) {
            double wide = Lines.wide(face, line) * lines.dots();
            double left = area.left() * scale + before(style.across(), area.width() * scale - wide);
            write(raster, line, left, top + 0.88 * lines.dots(), lines.dots(), style.bold());
            top += Lines.LEADING * lines.dots();
        }
    }

    private static double before(Side side, double room) {
        return switch (side) {
            case START -> 0;
            case MIDDLE -> room / 2;
            case END -> room;
        };
    }

    private void write(Raster raster, int[] line, double left, double base, int dots, boolean bold) {
        double x = left;
        int y = (int) Math.round(base);
        for (int character : line) {
            Typeface.Glyph glyph = face.glyph(character, dots, bold);
            blot(raster, glyph, (int) Math.round(x) + glyph.left(), y + glyph.top());
            x += face.advance(character) * dots;
        }
    }

    private static void blot(Raster raster, Typeface.Glyph glyph, int left, int top) {
        boolean[] black = glyph.black();
        for (int y = 0, i = 0; y < glyph.height(); y++) {
            for (int x = 0; x < glyph.width(); x++, i++) {
                if (black[i]) {
                    raster.set(left + x, top + y);
                }
            }
        }
    }

    private void bars(Raster raster, Template.Bars bars, JsonNode here) {
        String number = words(bars.words(), here, bars.line());
        Area area = bars.area();
        Area code = new Area(area.left(), area.top(), area.width(), area.height() - bars.letters());
        Codes.Bars drawn = Codes.bars(number, dots(code.width()), scale);
        if (drawn == null) {
            throw wrong(
                    bars.line(),
                    "条码放不下或含非 ASCII 字符 / the barcode does not fit with bars of 0.25 mm, or is not ASCII: make its size wider");
        }
        int left = dots(code.left()) + (dots(code.width()) - drawn.width()) / 2;
        for (int i = 0; i < drawn.black().length; i++) {
            if (drawn.black()[i]) {
                raster.fill(left + i * drawn.dots(), dots(code.top()), drawn.dots(), dots(code.height()));
            }
        }
        if (bars.letters() > 0) {
            Area below = new Area(area.left(), area.top() + code.height() + 0.4, area.width(), bars.letters());
            Style style = new Style(bars.letters() * 0.92, 1.5, false, false, Side.MIDDLE, Side.START);
            write(raster, fitted(spaced(number), below, style, bars.line()), below, style);
        }
    }

    /** As people read it aloud: in fours. */
    private static String spaced(String number) {
        return number.matches("\\d{8,}") ? number.replaceAll("(.{4})(?=.)", "$1 ") : number;
    }

    private void qr(Raster raster, Template.Qr qr, JsonNode here) {
        Area area = qr.area();
        int side = dots(Math.min(area.width(), area.height()));
        Codes.Square drawn = Codes.qr(words(qr.words(), here, qr.line()), side, scale);
        if (drawn == null) {
            throw wrong(qr.line(), "二维码放不下 / the QR code does not fit with dots of 0.3 mm: make its size larger");
        }
        int inset = (side - drawn.width()) / 2;
        for (int y = 0; y < drawn.count(); y++) {
            for (int x = 0; x < drawn.count(); x++) {
                if (drawn.black(x, y)) {
                    int dot = drawn.dots();
                    raster.fill(dots(area.left()) + inset + x * dot, dots(area.top()) + inset + y * dot, dot, dot);
                }
            }
        }
    }

    private void frame(Raster raster, Area area, int thick) {
        int left = dots(area.left());
        int top = dots(area.top());
        int wide = dots(area.width());
        int high = dots(area.height());
        if (wide == 0 || high == 0) {
            raster.fill(left, top, Math.max(wide, thick), Math.max(high, thick));
            return;
        }
        raster.fill(left, top, wide, thick);
        raster.fill(left, top + high - thick, wide, thick);
        raster.fill(left, top, thick, high);
        raster.fill(left + wide - thick, top, thick, high);
    }

    private List<Rows> tables() {
        List<Rows> tables = new ArrayList<>();
        for (Part part : template.parts()) {
            if (part instanceof Template.Table table && shown(table)) {
                tables.add(new Rows(table));
            }
        }
        return tables;
    }

    private String words(Words words, JsonNode here, int line) {
        try {
            return words.in(here);
        } catch (Words.Missing missing) {
            throw wrong(
                    line,
                    "映射没有给出字段 / the mapping gives no field '" + missing.getMessage() + "': add it there, or write {"
                            + missing.getMessage() + "?} here");
        }
    }

    private Unmappable wrong(int line, String what) {
        String file = "mappings/label/" + template.name() + ".yaml";
        return new Unmappable(file + ": line " + line + ": " + what, "label:" + template.name());
    }

    private int dots(double mm) {
        return (int) Math.round(mm * scale);
    }

    /** The rows of a table, laid out over pages. */
    private final class Rows {

        private final Template.Table table;
        private final Row head;
        private final List<List<Row>> pages = new ArrayList<>();

        private record Row(List<Lines> cells, double height) {}

        Rows(Template.Table table) {
            this.table = table;
            this.head = row(table.columns().stream().map(Template.Column::title).toList(), true);
            double room = table.area().height() - head.height();
            double used = 0;
            List<Row> page = new ArrayList<>();
            JsonNode rows = Words.find(fields, table.rows());
            if (!rows.isArray()) {
                throw wrong(table.line(), "映射没有给出列表 / the mapping gives no list '" + table.rows() + "'");
            }
            for (JsonNode one : rows) {
                Row row = row(
                        table.columns().stream()
                                .map(c -> words(c.words(), one, c.line()))
                                .toList(),
                        false);
                if (used + row.height() > room && !page.isEmpty()) {
                    pages.add(page);
                    page = new ArrayList<>();
                    used = 0;
                }
                if (row.height() > room) {
                    throw wrong(table.line(), "一行比整页还高 / one row is higher than the page: make columns wider");
                }
                page.add(row);
                used += row.height();
            }
            pages.add(page);
            if (!template.pages() && pages.size() > 1) {
                throw wrong(table.line(), "标签只有一页 / a label has one page only: these rows belong in a list");
            }
        }

        private Row row(List<String> texts, boolean bold) {
            List<Lines> cells = new ArrayList<>();
            double height = 0;
            Style style = table.style();
            Style cell = new Style(style.letters(), style.least(), bold, false, style.across(), Side.MIDDLE);
            for (int i = 0; i < texts.size(); i++) {
                Template.Column column = table.columns().get(i);
                Area area = new Area(
                        0, 0, column.width() - 2 * PADDING, table.area().height());
                Lines lines = fitted(texts.get(i), area, cell, column.line());
                cells.add(lines);
                height = Math.max(height, Math.max(lines.high(), lines.dots()) / scale + 2 * PADDING);
            }
            return new Row(cells, height);
        }

        void draw(Raster raster, int page) {
            double top = table.area().top();
            draw(raster, head, top, true);
            top += head.height();
            for (Row row : page < pages.size() ? pages.get(page) : List.<Row>of()) {
                draw(raster, row, top, false);
                top += row.height();
            }
        }

        private void draw(Raster raster, Row row, double top, boolean bold) {
            double left = table.area().left();
            for (int i = 0; i < row.cells().size(); i++) {
                double width = table.columns().get(i).width();
                frame(raster, new Area(left, top, width + 0.2, row.height() + 0.2), Math.max(1, dots(0.2)));
                Area inside = new Area(left + PADDING, top, width - 2 * PADDING, row.height());
                Style style = table.style();
                write(
                        raster,
                        row.cells().get(i),
                        inside,
                        new Style(style.letters(), style.least(), bold, false, style.across(), Side.MIDDLE));
                left += width;
            }
        }
    }
}
