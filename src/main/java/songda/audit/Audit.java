package songda.audit;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** Table {@code audit}: what people and programs did to the hub itself, with their reason. */
@Component
public final class Audit {

    private static final String WRITE = Sql.file("audit-write");
    private final JdbcClient db;

    Audit(JdbcClient db) {
        this.db = db;
    }

    /** @param subject or null; @param detail no personal data */
    public void write(String who, String what, Long subject, String reason, JsonNode detail) {
        db.sql(WRITE)
                .params(java.util.Arrays.asList(who, what, subject, reason, detail.toString()))
                .update();
    }
}
