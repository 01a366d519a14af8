package songda;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The form of the post's open platform, sealed with the example key of its paper; written for the tests alone. */
public final class EmsForm {

    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZg==";
    private static final Provider SM4 = new BouncyCastleProvider();

    private EmsForm() {}

    public static String of(String apiCode, String json) {
        byte[] sealed = run(Cipher.ENCRYPT_MODE, (json + KEY).getBytes(StandardCharsets.UTF_8));
        return "apiCode=" + apiCode
                + "&senderNo=1&authorization=a&msgType=0&timeStamp=2026-09-23+10%3A00%3A00&logitcsInterface="
                + URLEncoder.encode("|$4|" + Base64.getEncoder().encodeToString(sealed), StandardCharsets.UTF_8);
    }

    public static String field(String form, String name) {
        return Arrays.stream(form.split("&"))
                .filter(field -> field.startsWith(name + "="))
                .findFirst()
                .map(field -> URLDecoder.decode(field.substring(name.length() + 1), StandardCharsets.UTF_8))
                .orElseThrow(() -> new AssertionError("the form has no " + name));
    }

    /** The JSON in the form; of a list of one, that one. */
    public static String content(String form) {
        return opened(field(form, "logitcsInterface"));
    }

    /** The JSON that was sealed; of a list of one, that one. */
    public static String opened(String envelope) {
        byte[] sealed = Base64.getDecoder().decode(envelope.substring(4));
        String text = new String(run(Cipher.DECRYPT_MODE, sealed), StandardCharsets.UTF_8);
        if (!text.endsWith(KEY)) {
            throw new AssertionError("the text does not end with the key");
        }
        String json = text.substring(0, text.length() - KEY.length());
        return json.startsWith("[") ? json.substring(1, json.length() - 1) : json;
    }

    private static byte[] run(int mode, byte[] in) {
        try {
            Cipher cipher = Cipher.getInstance("SM4/ECB/PKCS5Padding", SM4);
            cipher.init(mode, new SecretKeySpec(Base64.getDecoder().decode(KEY), "SM4"));
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
