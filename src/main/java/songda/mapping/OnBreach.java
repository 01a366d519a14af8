package songda.mapping;

/** What happens when a message breaks its contract, or its mapping says no. */
public enum OnBreach {
    /** The sender is told at once ({@link songda.failure.Refused}) and must change something. */
    REFUSE,
    /** The message is kept for a person ({@link songda.failure.Unmappable}), who mends the mapping and replays it. */
    SET_ASIDE;

    static OnBreach of(String option) {
        return switch (option) {
            case "refuse" -> REFUSE;
            case "set-aside" -> SET_ASIDE;
            default ->
                throw new IllegalArgumentException("breach=" + option + ": write breach=refuse or breach=set-aside");
        };
    }
}
