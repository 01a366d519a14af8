package songda.postal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import songda.failure.Refused;

/** Text as its sender declares it: the Content-Type first, then the XML declaration, else UTF-8. GBK is read as GB18030, which has all of it. */
final class Charsets {

    private static final Pattern IN_TYPE = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9_-]+)");
    private static final Pattern IN_XML = Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9_-]+)");
    private static final int DECLARATION = 200;
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Map<String, Charset> KNOWN = Map.of(
            "UTF-8", StandardCharsets.UTF_8,
            "UTF8", StandardCharsets.UTF_8,
            "GBK", GB18030,
            "GB2312", GB18030,
            "GB18030", GB18030);

    private Charsets() {}

    /** @throws Refused 400 for a charset that is not agreed on, and for bytes that are not in the one that was declared */
    static String decode(byte[] body, String contentType) {
        String declared = declared(body, contentType == null ? "" : contentType);
        Charset charset = KNOWN.get(declared.toUpperCase(Locale.ROOT));
        if (charset == null) {
            throw MailList.unreadable("字符集应为 UTF-8 或 GBK / the charset must be UTF-8 or GBK");
        }
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw MailList.unreadable("内容不是所声明的字符集 / the bytes are not in the charset that is declared");
        }
    }

    private static String declared(byte[] body, String contentType) {
        Matcher type = IN_TYPE.matcher(contentType);
        if (type.find()) {
            return type.group(1);
        }
        String head = new String(body, 0, Math.min(body.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher xml = IN_XML.matcher(head);
        return xml.find() ? xml.group(1) : "UTF-8";
    }
}
