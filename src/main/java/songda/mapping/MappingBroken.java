package songda.mapping;

import java.util.List;

/** A file under {@code mappings/} that cannot be used; the message starts with its path and, where known, its line. */
public final class MappingBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String file;
    private final int line;
    private final String what;

    private MappingBroken(String message, String file, int line, String what) {
        super(message);
        this.file = file;
        this.line = line;
        this.what = what;
    }

    MappingBroken(String file, String what) {
        this(file + ": " + what, file, 1, what);
    }

    MappingBroken(String file, int line, String what) {
        this(line > 0 ? file + ":" + line + ": " + what : file + ": " + what, file, Math.max(1, line), what);
    }

    static MappingBroken all(List<MappingBroken> faults) {
        String messages =
                String.join("\n", faults.stream().map(Throwable::getMessage).toList());
        return new MappingBroken(messages, faults.get(0).file, faults.get(0).line, faults.get(0).what);
    }

    /** {@code mappings/gov/status/map.jslt}; of several faults the first. */
    public String file() {
        return file;
    }

    /** From 1, and 1 where it is not known. */
    public int line() {
        return line;
    }

    /** The message without its place. */
    public String what() {
        return what;
    }
}
