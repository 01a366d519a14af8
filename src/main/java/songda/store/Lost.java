package songda.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** What a failure says about the database itself. */
final class Lost {

    private Lost() {}

    /** There was no connection, or it went: what was under way may have been committed. */
    static boolean connection(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 20; at = at.getCause(), depth++) {
            if (at instanceof SQLTransientConnectionException
                    || at instanceof SQLNonTransientConnectionException
                    || at instanceof SQLRecoverableException
                    || at instanceof SQLException sql && gone(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Connection exceptions, and a server that shuts down. */
    private static boolean gone(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }
}
