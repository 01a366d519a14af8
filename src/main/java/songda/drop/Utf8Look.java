package songda.drop;

/**
 * Looks at bytes that are said to be GBK: are they UTF-8? GBK that happens to be UTF-8 is rare, and the rarer the longer it is; UTF-8 read as
 * GBK gives wrong names without any error.
 */
final class Utf8Look {

    /** So many characters outside ASCII that all happen to be UTF-8 are no accident. */
    private static final int ENOUGH = 8;

    private int missing;
    private int found;
    private boolean other;

    void see(byte[] bytes, int from, int to) {
        for (int i = from; i < to && !other; i++) {
            see(bytes[i] & 0xFF);
        }
    }

    private void see(int b) {
        if (missing > 0) {
            other = (b & 0xC0) != 0x80;
            missing--;
            found += missing == 0 ? 1 : 0;
        } else if (b >= 0x80) {
            missing = b >= 0xC2 && b < 0xE0 ? 1 : b >= 0xE0 && b < 0xF0 ? 2 : b >= 0xF0 && b < 0xF5 ? 3 : 0;
            other = missing == 0;
        }
    }

    boolean isUtf8() {
        return !other && missing == 0 && found >= ENOUGH;
    }
}
