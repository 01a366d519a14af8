package songda.mapping;

/** A file under {@code mappings/} that cannot be used; the message starts with its path and, where known, its line. */
public final class MappingBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private MappingBroken(String message) {
        super(message);
    }

    MappingBroken(String file, String what) {
        super(file + ": " + what);
    }

    MappingBroken(String file, int line, String what) {
        super(line > 0 ? file + ":" + line + ": " + what : file + ": " + what);
    }

    static MappingBroken all(java.util.List<String> faults) {
        return new MappingBroken(String.join("\n", faults));
    }
}
