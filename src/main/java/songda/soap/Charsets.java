package songda.soap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a declared name means. Systems that say GB2312 or GBK send names that neither holds (䶮, 㙍, 𠮷); GB18030 reads and writes all of
 * them, and every GBK text as it is.
 */
public final class Charsets {

    /** In the first bytes of a document, read as Latin-1: its XML declaration, and what that says. */
    static final Pattern DECLARATION = Pattern.compile(
            "\\A\\uFEFF?\\s*<\\?xml\\b[^>]{0,200}?(?:encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"'][^>]{0,200})?\\?>");

    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Set<String> FAMILY = Set.of("GBK", "GB2312", "GB18030", "CP936", "MS936", "X-GBK", "EUC-CN");
    private static final Charset GB18030 = Charset.forName("GB18030");

    private Charsets() {}

    /** @return what the Content-Type says, else the XML declaration, else UTF-8 */
    public static String declared(String contentType, byte[] body) {
        Matcher ofHttp = CHARSET.matcher(contentType);
        if (ofHttp.find()) {
            return ofHttp.group(1);
        }
        String start = new String(body, 0, Math.min(body.length, 500), StandardCharsets.ISO_8859_1);
        Matcher ofXml = DECLARATION.matcher(start);
        return ofXml.find() && ofXml.group(1) != null ? ofXml.group(1) : "UTF-8";
    }

    /** @return nothing where there is no such charset */
    public static Optional<Charset> named(String name) {
        if (FAMILY.contains(name.toUpperCase(Locale.ROOT))) {
            return Optional.of(GB18030);
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** @return nothing where these bytes are not of this charset */
    public static Optional<String> read(byte[] bytes, Charset charset) {
        if (charset.equals(GB18030) && isUtf8(bytes)) {
            return Optional.empty();
        }
        return strictly(bytes, charset);
    }

    private static Optional<String> strictly(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Chinese in UTF-8 can often be read as GB18030, too, and makes other characters. Chinese in GB18030 is hardly ever UTF-8 with characters of
     * three bytes, as Chinese in UTF-8 has them.
     */
    private static boolean isUtf8(byte[] bytes) {
        return strictly(bytes, StandardCharsets.UTF_8)
                .filter(text -> text.chars().anyMatch(c -> c >= 0x800))
                .isPresent();
    }
}
