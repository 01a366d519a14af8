package songda.sms;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the SMS provider gave us, and what we gave it: the key that signs our calls, the token in the address of its pushes. */
@Component
public final class AliyunAccount {

    /** What the stand-in has, too. */
    static final String EXAMPLE = "stand-in";

    private final String endpoint;
    private final String protocol;
    private final String keyId;
    private final String keySecret;
    private final byte[] token;

    /** @throws IllegalStateException if the example account, or a connection in clear, would be used with a real provider */
    AliyunAccount(
            @Value("${songda.sms.address}") String endpoint,
            @Value("${songda.sms.protocol}") String protocol,
            @Value("${songda.sms.access-key-id}") String keyId,
            @Value("${songda.sms.access-key-secret}") String keySecret,
            @Value("${songda.sms.push-token}") String token) {
        if (!onThisMachine(endpoint)) {
            if (keySecret.equals(EXAMPLE) || token.equals(EXAMPLE)) {
                throw new IllegalStateException(
                        "songda.sms.access-key-secret 或 push-token 仍是示例，只能用于本机的替身 / is still the example, which is for a"
                                + " stand-in on this machine only: set SONGDA_SMS_ACCESS_KEY_SECRET and SONGDA_SMS_PUSH_TOKEN");
            }
            if (!protocol.equals("https")) {
                throw new IllegalStateException(
                        "songda.sms.protocol 应为 https / must be https: set SONGDA_SMS_PROTOCOL=https");
            }
        }
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.keyId = keyId;
        this.keySecret = keySecret;
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean onThisMachine(String address) {
        try {
            return InetAddress.getByName(address.replaceFirst("[:/].*", "")).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether this stood in the address of a push; takes as long for a wrong one as for the right one. */
    public boolean pushes(String said) {
        return MessageDigest.isEqual(token, said.getBytes(StandardCharsets.UTF_8));
    }

    String endpoint() {
        return endpoint;
    }

    String protocol() {
        return protocol;
    }

    String keyId() {
        return keyId;
    }

    String keySecret() {
        return keySecret;
    }
}
