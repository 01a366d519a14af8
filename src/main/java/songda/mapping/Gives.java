package songda.mapping;

/** What a mapping's result becomes. */
enum Gives {
    /** The message body. */
    BODY,
    /** {@code {headers?, method?, path?, query?, body?}}: header fields, the HTTP method, the path behind the partner's address, the query string, the body as text. */
    ENVELOPE;

    static Gives of(String option) {
        return switch (option) {
            case "body" -> BODY;
            case "envelope" -> ENVELOPE;
            default -> throw new IllegalArgumentException("gives=" + option + ": write gives=body or envelope");
        };
    }
}
