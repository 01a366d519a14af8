package songda.door;

/** What a partner answers when it is asked for a message whose answer was lost. */
enum Reply {
    /** It has the message. */
    THERE,
    /** It does not have it, or not yet. */
    NOT_THERE,
    /** It did not say: it is away, or its answer makes no sense. */
    UNCLEAR
}
