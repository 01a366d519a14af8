package partners;

/** The partners' stand-ins as one process: each speaks its protocol over the network. */
public final class Partners {
    private Partners() {}

    public static void main(String[] args) {}
}
