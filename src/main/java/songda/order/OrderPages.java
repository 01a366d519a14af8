package songda.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.person.BlindIndex;
import songda.person.Mask;
import songda.signature.Caller;
import songda.store.Sql;

/** What a backend reads about orders. A client sees its own; desk and postal see all. Names, phones and addresses are masked. */
@Component
public final class OrderPages {

    private static final String FIND = Sql.file("order-find");
    private static final String ONE = Sql.file("order-one");
    private static final String PAGE = Sql.file("order-page");
    private static final String TIMELINE = Sql.file("order-timeline");
    private static final String OF_WAYBILL = Sql.file("order-of-waybill");
    private static final String OF_WAYBILLS = Sql.file("order-of-waybills");
    private static final String KNOWN = Sql.file("order-known");
    private static final String TRACK = Sql.file("order-track");
    private static final int MOST = 200;
    /** Counts that the contract promises. */
    private static final Set<String> TOLD = Set.of("attemptsDays", "complaintsDays");

    /** What an order keeps for steps and guards only; some of it are numbers of staff. */
    private static final Set<String> OURS = Set.of(
            "matterAt",
            "settledAt",
            "ladder",
            "assignee",
            "assignedVehicle",
            "point",
            "collector",
            "vehicle",
            "handoverNo",
            "envelope",
            "channel",
            "hall",
            "staff");

    private final JdbcTemplate db;
    private static final String UNDER_WAY = Sql.file("order-under-way");
    private final Orders orders;
    private final BlindIndex index;
    private final HubClock clock;

    OrderPages(JdbcTemplate db, Orders orders, HubClock clock, BlindIndex index) {
        this.index = index;
        this.db = db;
        this.orders = orders;
        this.clock = clock;
    }

    JsonNode clock() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("now", local(clock.instant().atOffset(java.time.ZoneOffset.UTC)))
                .put("rate", clock.rate());
    }

    /** The caller's order for a question to a partner: all of it that is not personal. */
    ObjectNode plain(Caller caller, String orderNo) {
        return first(db.query(FIND, (row, n) -> Orders.order(row), orderNo, caller.client(), seesAll(caller)));
    }

    private static ObjectNode first(List<ObjectNode> found) {
        if (found.isEmpty()) {
            throw Refused.noSuchOrder();
        }
        return found.get(0);
    }

    JsonNode show(Caller caller, String orderNo) {
        ObjectNode order = first(db.query(FIND, (row, n) -> told(row), orderNo, caller.client(), seesAll(caller)));
        long id = order.remove("id").asLong();
        ArrayNode timeline = order.putArray("timeline");
        db.query(
                TIMELINE,
                row -> {
                    timeline.add(entry(row));
                },
                id,
                id,
                id,
                id);
        return order;
    }

    /**
     * One order for the operators' board: masked, with what was said, is owed and is due, each under its number.
     *
     * @return the order with {@code timeline: [{kind, id, because, at, …}]}; because is the number of the fact that caused it
     * @throws Refused 404
     */
    public ObjectNode board(long id) {
        ObjectNode order = first(db.query(ONE, (row, n) -> masked(row), id));
        ArrayNode timeline = order.putArray("timeline");
        db.query(
                TIMELINE,
                row -> {
                    timeline.add(numbered(row));
                },
                id,
                id,
                id,
                id);
        return order;
    }

    private static ObjectNode numbered(ResultSet row) throws SQLException {
        ObjectNode entry = entry(row).put("id", row.getString("id")).put("because", row.getString("because"));
        OffsetDateTime second = row.getObject("second", OffsetDateTime.class);
        entry.put("second", second == null ? null : local(second));
        if (entry.path("kind").asText().equals("fact")) {
            entry.set("data", Orders.read(row.getString("more")));
        }
        return entry;
    }

    /**
     * People in clear: whoever asks was checked, and it is written down that they asked.
     *
     * @return {@code {recipient, sender, …}}
     * @throws Refused 404
     */
    public JsonNode people(long id) {
        return first(db.query(
                ONE,
                (row, n) -> {
                    ObjectNode whole = JsonNodeFactory.instance.objectNode();
                    orders.describe(row, whole);
                    ObjectNode person = (ObjectNode) whole.get("person");
                    orders.agent(row).ifPresent(agent -> person.set("agent", agent));
                    return person;
                },
                id));
    }

    /**
     * @param message of a door, its fact with {@code waybills}
     * @return the same with {@code items}, in the order of the waybills
     * @throws Refused 422 when one of them is no order of this hub
     */
    ObjectNode withItems(ObjectNode message) {
        List<String> numbers = new ArrayList<>();
        message.at("/fact/data/waybills").forEach(number -> numbers.add(number.asText()));
        Map<String, ObjectNode> found = new HashMap<>();
        db.query(OF_WAYBILLS, s -> s.setArray(1, s.getConnection().createArrayOf("text", numbers.toArray())), row -> {
            ObjectNode item = JsonNodeFactory.instance.objectNode();
            orders.describe(row, item);
            found.put(row.getString("waybill_no"), item);
        });
        ArrayNode items = message.putArray("items");
        for (String number : numbers) {
            if (!found.containsKey(number)) {
                throw new Refused(Problem.of(
                        422,
                        "no-such-item",
                        "没有这个邮件号",
                        "No such item",
                        new Problem.Field("waybills", "没有邮件 / no item " + number)));
            }
            items.add(found.get(number));
        }
        return message;
    }

    /** @param fact {@code {about, data}}; only one about a bag is looked at */
    void countStrangers(JsonNode fact) {
        JsonNode waybills = fact.at("/data/waybills");
        if (!fact.at("/about/subject").asText().startsWith("bag:") || !waybills.isArray()) {
            return;
        }
        Set<String> numbers = new HashSet<>();
        waybills.forEach(number -> numbers.add(number.asText()));
        int known = db.query(
                        KNOWN,
                        s -> s.setArray(1, s.getConnection().createArrayOf("text", numbers.toArray())),
                        (row, n) -> row.getInt(1))
                .get(0);
        ((ObjectNode) fact.get("data")).put("strangers", numbers.size() - known);
    }

    /**
     * What the post has said of an item, oldest first.
     *
     * @throws Refused 404 when the caller has no order with this number
     */
    JsonNode track(Caller caller, String waybillNo) {
        List<Long> order =
                db.queryForList(OF_WAYBILL, Long.class, String.valueOf(waybillNo), caller.client(), seesAll(caller));
        if (order.isEmpty()) {
            throw new Refused(Problem.of(
                    404,
                    "no-such-item",
                    "没有这个邮件号",
                    "No such item",
                    new Problem.Field("waybillNo", "没有这个邮件号，请核对 / no such item: check the number")));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("waybillNo", waybillNo);
        ArrayNode track = answer.putArray("track");
        db.query(
                TRACK,
                row -> {
                    track.addObject()
                            .put("fact", row.getString("name"))
                            .put(
                                    "at",
                                    row.getObject("happened_at", OffsetDateTime.class)
                                            .toInstant()
                                            .toString())
                            .set("data", Orders.read(row.getString("data")));
                },
                order.get(0));
        return answer;
    }

    JsonNode list(Caller caller, String status, String cursor, String limit) {
        int most = (int) Math.min(MOST, number("limit", limit, 50));
        List<ObjectNode> found = db.query(
                PAGE,
                (row, n) -> told(row),
                number("cursor", cursor, 0),
                caller.client(),
                seesAll(caller),
                status,
                status,
                most + 1);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("orders");
        found.stream().limit(most).forEach(items::add);
        page.put("next", found.size() > most ? items.get(most - 1).path("id").asText() : null);
        items.forEach(i -> ((ObjectNode) i).remove("id"));
        return page;
    }

    /** Opened, for whom the hub itself decides by it; a phone that is none has no orders. */
    ArrayNode underWay(String phone) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        if (!phone.isEmpty()) {
            db.query(
                    UNDER_WAY,
                    row -> {
                        orders.describe(row, items.addObject());
                    },
                    (Object) index.of(phone));
        }
        return items;
    }

    private static long number(String name, String text, int otherwise) {
        try {
            long number = text == null ? otherwise : Long.parseLong(text);
            if (number < 0 || name.equals("limit") && number == 0) {
                throw new NumberFormatException();
            }
            return number;
        } catch (NumberFormatException e) {
            throw new Refused(Problem.of(
                    400,
                    "invalid-parameter",
                    "参数不合要求",
                    "Parameter breaks its contract",
                    new Problem.Field(name, "须为正整数 / a positive number is needed")));
        }
    }

    private static boolean seesAll(Caller caller) {
        return !caller.system().equals("gov");
    }

    /** For backends, without what is counted for the hub's own guards: some of it is by the number of a courier. */
    private ObjectNode told(ResultSet row) throws SQLException {
        ObjectNode order = masked(row);
        order.remove(OURS);
        List<String> names = new ArrayList<>();
        order.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (name.endsWith("By")) {
                order.remove(name);
            } else if (name.endsWith("Days") && !TOLD.contains(name)) {
                String counted = name.substring(0, name.length() - "Days".length());
                order.remove(List.of(counted, name, counted + "Last"));
            }
        }
        return order;
    }

    private ObjectNode masked(ResultSet row) throws SQLException {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        orders.describe(row, whole);
        ObjectNode order = (ObjectNode) whole.get("order");
        order.remove("token"); // whoever has the label has it, and nobody else
        JsonNode recipient = whole.path("person").path("recipient");
        order.putObject("recipient")
                .put("name", Mask.name(recipient.path("name").asText()))
                .put("phone", Mask.phone(recipient.path("phone").asText()))
                .put("address", Mask.address(recipient.path("address").asText()));
        return order.put("id", row.getLong("id"))
                .put("stageAt", local(row.getObject("stage_at", OffsetDateTime.class)));
    }

    private static ObjectNode entry(ResultSet row) throws SQLException {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        String kind = row.getString("kind");
        entry.put("at", local(row.getObject("at", OffsetDateTime.class)))
                .put("kind", kind)
                .put(kind, row.getString("what"));
        switch (kind) {
            case "fact" ->
                entry.put("source", row.getString("who"))
                        .put("recordedAt", local(row.getObject("second", OffsetDateTime.class)));
            case "effect" ->
                entry.put("to", row.getString("who"))
                        .put("state", row.getString("state"))
                        .put("attempt", row.getInt("attempt"))
                        .put("reason", row.getString("more"));
            default -> entry.put("reports", row.getString("who")).put("state", row.getString("state"));
        }
        return entry;
    }

    private static String local(OffsetDateTime at) {
        return HubClock.local(at.toInstant());
    }
}
