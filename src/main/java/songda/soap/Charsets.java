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

/**
 * What a declared name means. Systems that say GB2312 or GBK send names that neither holds (䶮, 㙍, 𠮷); GB18030 reads and writes all of
 * them, and every GBK text as it is.
 */
final class Charsets {

    private static final Set<String> FAMILY = Set.of("GBK", "GB2312", "GB18030", "CP936", "MS936", "X-GBK", "EUC-CN");
    private static final Charset GB18030 = Charset.forName("GB18030");

    private Charsets() {}

    /** @return nothing where there is no such charset */
    static Optional<Charset> named(String name) {
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
    static Optional<String> read(byte[] bytes, Charset charset) {
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
