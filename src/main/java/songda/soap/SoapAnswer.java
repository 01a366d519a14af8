package songda.soap;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import songda.failure.Unmappable;

/** What came back over HTTP, as the text of an XML document without its declaration. */
final class SoapAnswer {

    static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final String PLACE = "soap:open";

    /** Two references side by side, each hexadecimal or decimal, that may be the halves of one character. */
    private static final Pattern HALVES = Pattern.compile(
            "&#(x[dD][89abAB][0-9a-fA-F]{2}|5[56][0-9]{3});&#(x[dD][c-fC-F][0-9a-fA-F]{2}|5[67][0-9]{3});");

    private SoapAnswer() {}

    /** SOAP 1.1 sends a Fault with 500; any other status says nothing in XML. */
    static boolean mayBe(int status, String contentType) {
        return status / 100 == 2 || status == 500 && isXml(contentType);
    }

    private static boolean isXml(String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("text/xml") || type.startsWith("application/xml");
    }

    /**
     * @param forced the charset that it has whatever it declares, or null: that of the Content-Type, else of the XML declaration, else UTF-8
     * @throws Unmappable if it is empty, no XML, too large, or not in the charset that it declares; without a word of it
     */
    static String text(String contentType, byte[] body, String forced) {
        if (body.length == 0) {
            throw no("应答为空 / the answer is empty");
        }
        if (!isXml(contentType)) {
            throw no("应答不是 XML（如系统的错误页） / the answer is no XML, e.g. an error page of the system");
        }
        if (body.length > MAX_BYTES) {
            throw no("应答超过 " + MAX_BYTES + " 字节 / the answer is over " + MAX_BYTES + " bytes");
        }
        String name = forced == null ? Charsets.declared(contentType, body) : forced;
        Charset charset =
                Charsets.named(name).orElseThrow(() -> no("应答声明了未知字符集 / the answer declares an unknown charset"));
        String text = Charsets.read(body, charset)
                .orElseThrow(() ->
                        no("应答的字节不是所声明的 " + charset + " / the bytes of the answer are not the declared " + charset));
        return whole(Charsets.DECLARATION.matcher(text).replaceFirst(""));
    }

    /**
     * Writers that cannot say 𠮷 in GBK, Woodstox under Apache CXF among them, write it as two references, {@code &#xd842;&#xdfb7;}. XML has no
     * such characters; what is meant is certain all the same. Half of one stays, and the parser refuses it.
     */
    private static String whole(String text) {
        return HALVES.matcher(text).replaceAll(halves -> {
            int high = number(halves.group(1));
            int low = number(halves.group(2));
            boolean pair = Character.isSurrogatePair((char) high, (char) low);
            return Matcher.quoteReplacement(
                    pair ? Character.toString(Character.toCodePoint((char) high, (char) low)) : halves.group());
        });
    }

    private static int number(String reference) {
        return reference.startsWith("x") ? Integer.parseInt(reference.substring(1), 16) : Integer.parseInt(reference);
    }

    private static Unmappable no(String why) {
        return new Unmappable(why, PLACE);
    }
}
