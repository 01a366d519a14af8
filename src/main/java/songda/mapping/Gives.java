package songda.mapping;

/** What a mapping's result becomes. */
enum Gives {
    /** The message body. */
    BODY,
    /** {@code {headers?, query?, body?}}: header fields, the query string and the body, as text. */
    ENVELOPE;

    static Gives of(String option) {
        return switch (option) {
            case "body" -> BODY;
            case "envelope" -> ENVELOPE;
            default -> throw new IllegalArgumentException("gives=" + option + ": write gives=body or envelope");
        };
    }
}
