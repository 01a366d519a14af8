package songda.process;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Texts that must not be found, in every form that a program would write them in. */
final class Needles {

    private static final Charset GBK = Charset.forName("GBK");

    private record Needle(byte[] bytes, String name) {}

    /** By their first four bytes, and a quick no for most places by the first two. */
    private final Map<Integer, List<Needle>> byStart = new HashMap<>();

    private final boolean[] starts = new boolean[1 << 16];

    Needles(List<String> texts) {
        texts.forEach(text -> forms(text).forEach((form, bytes) -> add(new Needle(bytes, text + " as " + form))));
    }

    private void add(Needle needle) {
        byte[] bytes = needle.bytes();
        starts[(bytes[0] & 0xff) << 8 | bytes[1] & 0xff] = true;
        byStart.computeIfAbsent(ByteBuffer.wrap(bytes).getInt(), start -> new ArrayList<>())
                .add(needle);
    }

    /** Form → bytes; at least eight bytes each. */
    static Map<String, byte[]> forms(String text) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        forms.put("UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        for (Charset charset : List.of(StandardCharsets.UTF_8, GBK)) {
            byte[] bytes = text.getBytes(charset);
            forms.put(charset.name(), bytes);
            forms.put(charset + " hex", ascii(HexFormat.of().formatHex(bytes)));
            forms.put(charset + " HEX", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
            forms.put(charset + " url", ascii(url(bytes, "%%%02x")));
            forms.put(charset + " URL", ascii(url(bytes, "%%%02X")));
            for (int shift = 0; shift < 3; shift++) {
                // Whole groups of three bytes only: their letters do not depend on what stands around them.
                byte[] whole = Arrays.copyOfRange(bytes, shift, shift + (bytes.length - shift) / 3 * 3);
                forms.put(charset + " base64 +" + shift, Base64.getEncoder().encode(whole));
                forms.put(
                        charset + " base64url +" + shift, Base64.getUrlEncoder().encode(whole));
            }
        }
        forms.put("JSON", ascii(json(text, "\\u%04x")));
        forms.put("JSON upper", ascii(json(text, "\\u%04X")));
        return forms;
    }

    private static String url(byte[] bytes, String escape) {
        StringBuilder url = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            url.append(plain ? String.valueOf((char) b) : String.format(escape, b));
        }
        return url.toString();
    }

    private static String json(String text, String escape) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> json.append(c < 128 ? String.valueOf((char) c) : String.format(escape, c)));
        return json.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What of them is in there. */
    Set<String> in(byte[] hay) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i + 8 <= hay.length; i++) {
            if (starts[(hay[i] & 0xff) << 8 | hay[i + 1] & 0xff]) {
                for (Needle needle :
                        byStart.getOrDefault(ByteBuffer.wrap(hay, i, 4).getInt(), List.of())) {
                    int end = i + needle.bytes().length;
                    if (end <= hay.length && Arrays.equals(hay, i, end, needle.bytes(), 0, end - i)) {
                        found.add(needle.name());
                    }
                }
            }
        }
        return found;
    }
}
