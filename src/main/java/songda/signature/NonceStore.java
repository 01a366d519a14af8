package songda.signature;

import songda.failure.Problem;
import songda.failure.Refused;

/** Remembers nonces for longer than a signature lives, for all nodes. */
public interface NonceStore {

    /** @throws Refused with {@link #REPLAYED} if this key has used this nonce before */
    void consume(Caller caller);

    /** The answer to a nonce that was used before; also for who writes table {@code nonce} in a transaction of its own. */
    Problem REPLAYED = Problem.of(
            401,
            "replayed-request",
            "该请求已经使用过，请用新的 nonce 重新签名",
            "This request was used before: sign again with a new nonce");
}
