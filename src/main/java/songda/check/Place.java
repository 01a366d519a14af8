package songda.check;

import org.yaml.snakeyaml.error.Mark;

/** Where something stands in a file; line and column count from 1. */
public record Place(String file, int line, int column) {

    static Place start(String file) {
        return new Place(file, 1, 1);
    }

    static Place of(String file, Mark mark) {
        return mark == null ? start(file) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Where a character of a text stands. */
    static Place of(String file, String text, int index) {
        int line = 1;
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < index; end = text.indexOf('\n', begin)) {
            line++;
            begin = end + 1;
        }
        return new Place(file, line, index - begin + 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
