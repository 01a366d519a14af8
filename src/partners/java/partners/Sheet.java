package partners;

import com.google.zxing.LuminanceSource;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** A printed page; a scanner can look at it. */
final class Sheet extends LuminanceSource {
    private final BufferedImage image;
    private final byte[] grey;

    Sheet(int width, int height) {
        super(width, height);
        image = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_BYTE_GRAY);
        grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Arrays.fill(grey, (byte) 0xff);
    }

    static Sheet of(BufferedImage picture) {
        Sheet sheet = new Sheet(picture.getWidth(), picture.getHeight());
        Graphics2D pen = sheet.image.createGraphics();
        pen.drawImage(picture, 0, 0, null);
        pen.dispose();
        return sheet;
    }

    void black(int x, int y) {
        if (x < getWidth() && y < getHeight()) grey[y * getWidth() + x] = 0;
    }

    boolean isBlack(int x, int y) {
        return grey[y * getWidth() + x] >= 0;
    }

    BufferedImage image() {
        return image;
    }

    @Override
    public byte[] getRow(int y, byte[] row) {
        byte[] to = row == null || row.length < getWidth() ? new byte[getWidth()] : row;
        System.arraycopy(grey, y * getWidth(), to, 0, getWidth());
        return to;
    }

    @Override
    public byte[] getMatrix() {
        return grey;
    }
}
