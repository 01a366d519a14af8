package songda.mail;

import java.awt.Font;

/** The font of charts. */
final class ChartFont {

    private ChartFont() {}

    static Font of(float size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size);
    }
}
