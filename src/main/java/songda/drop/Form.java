package songda.drop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/** How a kind of file is built: cut into pieces when it comes, and each piece made a message when it is read. */
interface Form {

    /** The largest file of this kind, in bytes. */
    long most();

    /**
     * Reads to the end of the file and checks all that can be checked before anything of it is recorded.
     *
     * @return how many lines or orders it has
     * @throws FileRefused none of it is taken
     */
    int cut(InputStream bytes, Sink sink) throws IOException;

    /** Takes the pieces as they come. */
    interface Sink {

        /** @param place where in the file, e.g. {@code a.xml#3}; @param no number of its first line; @param lines how many */
        void piece(String place, int no, int lines, byte[] raw);

        /** A part of the file that holds nothing that could be taken, beside others that do. */
        void refused(String place, int no, Fault fault);
    }

    /** @throws CharacterCodingException it is no text in the agreed encoding */
    Object message(ObjectNode file, int no, byte[] raw) throws CharacterCodingException;

    /** The message of a file's end, or null where this kind has none. */
    Object end(ObjectNode file);

    /** Whether the reply says of every line what became of it, or of those only that were not taken. */
    boolean everyLine();

    /** A piece of several lines as several pieces: one of them cannot be recorded, and which is not known yet. */
    List<byte[]> split(byte[] raw);
}
