package songda.door;

/** The partner answered over HTTP, and not with a yes. */
final class PartnerSaidNo extends Exception {

    private static final long serialVersionUID = 1L;
    private final int status;

    PartnerSaidNo(int status) {
        super("HTTP " + status, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
