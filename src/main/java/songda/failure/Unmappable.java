package songda.failure;

/** An authenticated message that the hub cannot read: it is set aside with its raw bytes, and a person mends the mapping. */
public final class Unmappable extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String place;

    /**
     * @param reason what, where and what to do; free of personal data, equal for equal causes
     * @param place the mapping or door, e.g. {@code mapping:postal/scan-to-fact}
     */
    public Unmappable(String reason, String place) {
        super(reason, null, false, false);
        this.place = place;
    }

    public String place() {
        return place;
    }
}
