package songda.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.order.Orders;
import songda.store.Sql;

/** The message that a door would get about an order, though nothing is owed there: with the person in it, so whoever asks is checked first. */
@Component
public final class Preview {

    private static final String FIND = Sql.file("order-find");
    private final JdbcTemplate db;
    private final Orders orders;
    private final Site site;

    Preview(JdbcTemplate db, Orders orders, Site site) {
        this.db = db;
        this.orders = orders;
        this.site = site;
    }

    /** @return one for each client that has an order of this number: {@code {order, person, site, effect}} */
    public List<ObjectNode> of(String orderNo) {
        return db.query(
                FIND,
                (row, n) -> {
                    ObjectNode message = JsonNodeFactory.instance.objectNode();
                    orders.describe(row, message);
                    message.set("site", site.json());
                    message.putObject("effect").putObject("args").put("copy", "preview");
                    return message;
                },
                orderNo,
                "",
                true);
    }
}
