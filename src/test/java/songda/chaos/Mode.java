package songda.chaos;

/**
 * What a {@link FaultProxy} does with what passes through it.
 *
 * @param millis latency, or the pause between two reads
 * @param jitter up to so many milliseconds more, at random
 * @param bytes how much passes before the end, or with each read
 * @param share of the messages that are hit, 0 to 1; the others pass
 * @param answers given in turn in place of the partner, which hears nothing
 */
record Mode(Kind kind, int millis, int jitter, int bytes, double share, java.util.List<byte[]> answers) {

    enum Kind {
        PASS,
        LATE,
        /** Nothing gets through and nothing is cut; what was held goes on afterwards, as with lost packets. */
        BLACK_HOLE,
        RESET,
        HALF_CLOSE,
        SLOW_READ,
        /** What goes to the server ends in the middle. */
        CUT_REQUEST,
        /** What comes from the server ends in the middle. */
        CUT_ANSWER,
        GARBLE,
        /** The server has done what was asked, and nobody hears of it. */
        DROP_ANSWER,
        DOUBLE_ANSWER,
        ANSWER
    }

    static final Mode PASS = of(Kind.PASS);

    static Mode of(Kind kind) {
        return new Mode(kind, 0, 0, 40, 1, java.util.List.of());
    }

    static Mode late(int millis, int jitter) {
        return new Mode(Kind.LATE, millis, jitter, 0, 1, java.util.List.of());
    }

    static Mode slowRead(int bytes, int millis) {
        return new Mode(Kind.SLOW_READ, millis, 0, bytes, 1, java.util.List.of());
    }

    static Mode answering(java.util.List<byte[]> answers) {
        return new Mode(Kind.ANSWER, 0, 0, 0, 1, answers);
    }

    Mode forShare(double instead) {
        return new Mode(kind, millis, jitter, bytes, instead, answers);
    }
}
