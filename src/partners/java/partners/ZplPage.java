package partners;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One ZPL format as dots: its ^GFA graphics, with the run lengths of ASCII hexadecimal. */
final class ZplPage {
    private static final Pattern GRAPHIC =
            Pattern.compile("\\^FO(\\d+),(\\d+)\\^GFA,(\\d+),(\\d+),(\\d+),([^^]*)\\^FS", Pattern.DOTALL);

    private ZplPage() {}

    static Sheet of(String format) {
        int width = number(format, "\\^PW(\\d+)");
        int height = number(format, "\\^LL(\\d+)");
        Sheet page = new Sheet(width, height);
        Matcher graphic = GRAPHIC.matcher(format);
        while (graphic.find())
            draw(
                    page,
                    Integer.parseInt(graphic.group(1)),
                    Integer.parseInt(graphic.group(2)),
                    Integer.parseInt(graphic.group(4)),
                    Integer.parseInt(graphic.group(5)),
                    graphic.group(6));
        return page;
    }

    private static int number(String format, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(format);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static void draw(Sheet page, int left, int top, int bytes, int stride, String data) {
        int columns = stride * 2;
        char[] row = new char[columns];
        char[] above = new char[columns];
        java.util.Arrays.fill(above, '0');
        int used = 0;
        int y = 0;
        int repeat = 0;
        for (char c : data.toCharArray()) {
            if (c >= 'G' && c <= 'Y') repeat += c - 'G' + 1;
            else if (c >= 'g' && c <= 'z') repeat += 20 * (c - 'g' + 1);
            else if (c == ':') used = copy(above, row);
            else if (c == ',') used = fill(row, used, '0');
            else if (c == '!') used = fill(row, used, 'F');
            else if (Character.digit(c, 16) >= 0) {
                for (int i = 0; i < Math.max(1, repeat) && used < columns; i++) row[used++] = c;
                repeat = 0;
            }
            if (used == columns) {
                put(page, left, top + y++, row);
                above = row.clone();
                used = 0;
            }
            if (y * stride >= bytes) return;
        }
    }

    private static int copy(char[] from, char[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
        return from.length;
    }

    private static int fill(char[] row, int used, char with) {
        java.util.Arrays.fill(row, used, row.length, with);
        return row.length;
    }

    private static void put(Sheet page, int left, int y, char[] digits) {
        if (y >= page.getHeight()) return;
        for (int i = 0; i < digits.length; i++) {
            int four = Character.digit(digits[i], 16);
            for (int bit = 0; bit < 4; bit++) {
                int x = left + i * 4 + bit;
                if ((four & 8 >> bit) != 0) page.black(x, y);
            }
        }
    }
}
