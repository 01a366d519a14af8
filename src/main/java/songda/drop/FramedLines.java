package songda.drop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Lines of GBK, fields between bars, and a last line {@code tail|count|md5}: the number of lines before it and the digest of their bytes, line
 * ends included. A byte of a GBK character may be a bar or a backslash, so fields are cut after decoding; a line feed never is one.
 */
final class FramedLines implements Form {

    static final Charset GBK = Charset.forName("GB18030");
    private static final long MOST = 100L << 20;
    private static final int LONGEST_LINE = 8 << 10;
    private static final byte[] TAIL = "tail|".getBytes(StandardCharsets.US_ASCII);
    private final int batch;

    /** @param batch lines that are recorded together */
    FramedLines(int batch) {
        this.batch = batch;
    }

    @Override
    public long most() {
        return MOST;
    }

    @Override
    public int cut(InputStream bytes, Sink sink) throws IOException {
        MessageDigest md5 = Digests.md5();
        Utf8Look look = new Utf8Look();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        Lines lines = new Lines(bytes);
        int rows = 0;
        int held = 0;
        boolean any = false;
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            any = true;
            if (startsWithTail(line)) {
                check(line, rows, md5);
                nothingFollows(lines);
                if (look.isUtf8()) {
                    throw new FileRefused(Fault.CHARSET);
                }
                flush(piece, rows, held, sink);
                return rows;
            }
            md5.update(line);
            look.see(line, 0, line.length);
            if (!blank(line)) {
                rows++;
                held++;
                piece.write(line);
                if (held == batch) {
                    flush(piece, rows, held, sink);
                    held = 0;
                }
            }
        }
        throw new FileRefused(any ? Fault.TRAILER : Fault.EMPTY);
    }

    private static void flush(ByteArrayOutputStream piece, int rows, int held, Sink sink) {
        if (held > 0) {
            int first = rows - held + 1;
            sink.piece("#" + first, first, held, piece.toByteArray());
            piece.reset();
        }
    }

    private static void check(byte[] tail, int rows, MessageDigest md5) {
        String[] said = new String(tail, StandardCharsets.ISO_8859_1).strip().split("\\|", -1);
        if (said.length != 3 || !said[1].matches("\\d{1,9}") || !said[2].matches("(?i)[0-9a-f]{32}")) {
            throw new FileRefused(Fault.TRAILER);
        } else if (Integer.parseInt(said[1]) != rows) {
            throw new FileRefused(Fault.COUNT);
        } else if (!HexFormat.of().formatHex(md5.digest()).equalsIgnoreCase(said[2])) {
            throw new FileRefused(Fault.DIGEST);
        }
    }

    private static void nothingFollows(Lines lines) throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (!blank(line)) {
                throw new FileRefused(Fault.TRAILER);
            }
        }
    }

    private static boolean startsWithTail(byte[] line) {
        return line.length >= TAIL.length && Arrays.equals(line, 0, TAIL.length, TAIL, 0, TAIL.length);
    }

    private static boolean blank(byte[] line) {
        for (byte b : line) {
            if (b != '\r' && b != '\n' && b != ' ') {
                return false;
            }
        }
        return true;
    }

    /** {@code {file, lines: [{no, fields: [...]}]}} */
    @Override
    public Object message(ObjectNode file, int no, byte[] raw) throws CharacterCodingException {
        ObjectNode message = file.objectNode();
        message.set("file", file);
        ArrayNode lines = message.putArray("lines");
        int at = no;
        for (byte[] line : split(raw)) {
            ArrayNode fields = lines.addObject().put("no", at++).putArray("fields");
            String text = GBK.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            for (String field : text.replaceFirst("[\\r\\n]+$", "").split("\\|", -1)) {
                fields.add(field.strip());
            }
        }
        return message;
    }

    /** {@code {file, lines: []}}: all that came before it is recorded. */
    @Override
    public Object end(ObjectNode file) {
        ObjectNode message = file.objectNode();
        message.set("file", file);
        message.putArray("lines");
        return message;
    }

    @Override
    public boolean everyLine() {
        return false;
    }

    /** Each line for itself. */
    @Override
    public List<byte[]> split(byte[] raw) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\n') {
                lines.add(Arrays.copyOfRange(raw, from, i + 1));
                from = i + 1;
            }
        }
        if (from < raw.length) {
            lines.add(Arrays.copyOfRange(raw, from, raw.length));
        }
        return lines;
    }

    /** Lines with their ends, of a stream that may be large. */
    private static final class Lines {

        private final InputStream bytes;
        private final byte[] buffer = new byte[64 << 10];
        private int from;
        private int to;

        Lines(InputStream bytes) {
            this.bytes = bytes;
        }

        /** @return null at the end */
        byte[] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            while (from < to || fill()) {
                int end = from;
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                boolean whole = end < to;
                line.write(buffer, from, (whole ? end + 1 : end) - from);
                from = whole ? end + 1 : end;
                if (line.size() > LONGEST_LINE) {
                    throw new FileRefused(Fault.LINE_TOO_LONG);
                } else if (whole) {
                    return line.toByteArray();
                }
            }
            return line.size() == 0 ? null : line.toByteArray();
        }

        private boolean fill() throws IOException {
            from = 0;
            to = Math.max(0, bytes.read(buffer));
            return to > 0;
        }
    }
}
