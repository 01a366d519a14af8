package songda.signature;

import songda.failure.Problem;

/** Leaves the verification early; never leaves the package. */
final class Denial extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    private Denial(Problem problem, String reason) {
        super(reason, null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /** The fields themselves are not as the grammar, or this hub, wants them. */
    static Denial malformed(String header, String message) {
        return new Denial(
                Problem.of(
                        400,
                        "malformed-signature",
                        "签名头格式不正确",
                        "The signature fields are malformed",
                        new Problem.Field(header, message)),
                header + ": " + message);
    }

    /** The signature promises too little; says what is missing, which is no secret. */
    static Denial tooWeak(String message) {
        return new Denial(
                Problem.of(
                        401,
                        "unauthorised",
                        "请求没有有效的签名",
                        "The request carries no valid signature",
                        new Problem.Field("Signature-Input", message)),
                message);
    }

    /** One answer for unknown key, expired key, wrong key and changed content: the sender learns nothing from it. */
    static Denial unauthorised(String reason) {
        return new Denial(
                Problem.of(401, "unauthorised", "请求没有有效的签名", "The request carries no valid signature"), reason);
    }

    static Denial stale() {
        return new Denial(
                Problem.of(
                        401,
                        "stale-request",
                        "签名时间与服务器时间相差超过五分钟",
                        "The signature was made more than five minutes before or after the hub's time",
                        new Problem.Field(
                                "Signature-Input", "created: compare your clock with the Date header of this answer")),
                "stale");
    }
}
