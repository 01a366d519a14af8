package songda.printer;

import java.util.function.Function;

/**
 * How a raw printer is asked how it is.
 *
 * @param ask what is sent, at once and between jobs
 * @param read null while the answer is not whole
 */
record Dialogue(byte[] ask, Function<byte[], Status> read) {

    /** @return null for a language that has no question */
    static Dialogue of(Language language) {
        return switch (language) {
            case TSPL -> Tspl.DIALOGUE;
            case ZPL -> Zpl.DIALOGUE;
            case CPCL -> Cpcl.DIALOGUE;
            case PDF, PWG -> null;
        };
    }
}
