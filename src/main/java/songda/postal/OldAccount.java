package songda.postal;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the post gave us for its older forms; empty where a site does not speak them. */
@Component
final class OldAccount {

    private final String appKey;
    private final String secret;

    OldAccount(@Value("${songda.postal.app-key}") String appKey, @Value("${songda.postal.secret}") String secret) {
        this.appKey = appKey;
        this.secret = secret;
    }

    String appKey() {
        return appKey;
    }

    /** @throws IllegalStateException if there is none: a route that signs with it must not start */
    String secret() {
        if (secret.isEmpty()) {
            throw new IllegalStateException(
                    "没有设置 SONGDA_POSTAL_SECRET，不能给邮政旧接口签名 / set SONGDA_POSTAL_SECRET: the older forms of the post are signed with it");
        }
        return secret;
    }
}
