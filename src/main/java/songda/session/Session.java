package songda.session;

/** What this node holds of one partner's session. Whoever comes while another logs in waits for that log-in. */
final class Session {

    interface LogIn {
        String run() throws Exception;
    }

    private String held;

    /**
     * @param anew what is held did not do: it is thrown away
     * @throws Exception of the log-in; nothing is held then
     */
    synchronized String get(boolean anew, LogIn logIn) throws Exception {
        if (anew || held == null) {
            held = null;
            held = logIn.run();
        }
        return held;
    }
}
