package songda.postal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the post gave us by agreement: the customer's number, its authorization, and the key that seals both ways. */
@Component
final class EmsAccount {

    /** The published example key of the platform's paper, which the stand-in has too. */
    static final String EXAMPLE_KEY = "MDEyMzQ1Njc4OWFiY2RlZg==";

    private final String senderNo;
    private final String authorization;
    private final EmsEnvelope envelope;

    /** @throws IllegalStateException if the example key would be used with a real post */
    EmsAccount(
            @Value("${songda.postal.address}") String address,
            @Value("${songda.postal.sender-no}") String senderNo,
            @Value("${songda.postal.authorization}") String authorization,
            @Value("${songda.postal.sign-key}") String signKey) {
        if (signKey.equals(EXAMPLE_KEY) && !onThisMachine(address)) {
            throw new IllegalStateException(
                    "songda.postal.sign-key 仍是公开的示例密钥，只能用于本机的替身 / is still the published example key,"
                            + " which is for a stand-in on this machine only: set SONGDA_POSTAL_SIGN_KEY");
        }
        this.senderNo = senderNo;
        this.authorization = authorization;
        this.envelope = new EmsEnvelope(signKey);
    }

    private static boolean onThisMachine(String address) {
        try {
            return InetAddress.getByName(address.replaceFirst("[:/].*", "")).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    String senderNo() {
        return senderNo;
    }

    String authorization() {
        return authorization;
    }

    EmsEnvelope envelope() {
        return envelope;
    }
}
