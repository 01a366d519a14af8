package songda.mapping;

/** What a mapping reads. Whatever it is, it is whole: nothing comes hidden in headers. */
enum Takes {
    /** The message body. */
    BODY,
    /** At a door out: the message that the door was opened with, whatever the body is now. */
    ASKED,
    /** At a door out: {@code {answer, asked, before?}}, the partner's answer (and its earlier ones) beside the message that the door was opened with. */
    BOTH;

    /** The exchange property under which a door keeps the message that it was opened with. */
    static final String PROPERTY = "songda.asked";

    /** The exchange property under which the answers are kept that were read with {@link #BOTH}, first first. */
    static final String BEFORE = "songda.before";

    static Takes of(String option) {
        return switch (option) {
            case "body" -> BODY;
            case "asked" -> ASKED;
            case "both" -> BOTH;
            default -> throw new IllegalArgumentException("takes=" + option + ": write takes=body, asked or both");
        };
    }
}
