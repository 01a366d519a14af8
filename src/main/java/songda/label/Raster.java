package songda.label;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** A page of black and white dots; one bit a dot, 1 is black, rows padded to whole bytes, the leftmost dot in the highest bit. */
public final class Raster {

    private final int width;
    private final int height;
    private final int stride;
    private final byte[] rows;

    Raster(int width, int height) {
        this.width = width;
        this.height = height;
        this.stride = (width + 7) / 8;
        this.rows = new byte[stride * height];
    }

    /** In dots. */
    public int width() {
        return width;
    }

    /** In dots. */
    public int height() {
        return height;
    }

    /** Bytes of one row. */
    public int stride() {
        return stride;
    }

    public boolean black(int x, int y) {
        return (rows[y * stride + (x >> 3)] & 0x80 >> (x & 7)) != 0;
    }

    /** A copy of one row, {@link #stride()} bytes; what lies beyond the width is 0. */
    public byte[] row(int y) {
        return Arrays.copyOfRange(rows, y * stride, (y + 1) * stride);
    }

    /** A copy of all rows, from the top. */
    public byte[] bytes() {
        return rows.clone();
    }

    void set(int x, int y) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            rows[y * stride + (x >> 3)] |= (byte) (0x80 >> (x & 7));
        }
    }

    /** What lies outside of the page is left out: templates are checked to lie inside. */
    void fill(int left, int top, int wide, int high) {
        int right = Math.min(width, left + wide);
        int bottom = Math.min(height, top + high);
        for (int y = Math.max(0, top); y < bottom; y++) {
            for (int x = Math.max(0, left); x < right; x++) {
                set(x, y);
            }
        }
    }

    /** White on black from here on: every dot of the area is turned round. */
    void invert(int left, int top, int wide, int high) {
        int right = Math.min(width, left + wide);
        int bottom = Math.min(height, top + high);
        for (int y = Math.max(0, top); y < bottom; y++) {
            for (int x = Math.max(0, left); x < right; x++) {
                rows[y * stride + (x >> 3)] ^= (byte) (0x80 >> (x & 7));
            }
        }
    }

    /** For pictures: 1 bit a dot, black on white. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        byte[] dots = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rows.length; i++) {
            dots[i] = (byte) ~rows[i];
        }
        return image;
    }
}
