package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.order.OrderForm;
import songda.order.OrderForms;

/**
 * Reads what an inward mapping gives: {@code {fact, id, at, about, data, order?, person?}}. {@code id} is the client's own number of its
 * message; {@code event} in its place is the number of the event itself, the same whichever client of the system, or answer to a question,
 * reports it; {@code retracts} is the {@code event} that this one takes back, and gives it its own number.
 */
@Component
final class FactReader {

    private static final String ORDER = "order.received";
    /** {@code order-track.sql} knows it, too. */
    private static final String RETRACTED = "/retracted";

    private final FactCatalogue catalogue;
    private final OrderForms forms;
    private final HubClock clock;

    FactReader(FactCatalogue catalogue, OrderForms forms, HubClock clock) {
        this.clock = clock;
        this.catalogue = catalogue;
        this.forms = forms;
    }

    /**
     * @param source the system that says so; it must stand in the fact's {@code said-by}
     * @param client makes the sender's id unique among the clients of one system; empty where there is one
     */
    NewFact read(JsonNode json, String source, String client) {
        String name = json.path("fact").asText();
        FactType type = catalogue.find(name);
        if (type == null) {
            throw refused("/fact", "目录中没有这个事实：请写入 routes/facts.yaml / no such fact in routes/facts.yaml");
        }
        if (!type.saidBy().contains(source)) {
            throw refused(
                    "/fact", "系统 " + source + " 不能报告 " + name + " / system " + source + " may not report " + name);
        }
        if (name.equals(ORDER) != json.has("order")) {
            throw refused("/fact", "订单请发往 /api/v1/orders / an order is posted to /api/v1/orders");
        }
        String sourceId = sourceId(json, name, client);
        ObjectNode data = data(json.path("data"), type);
        if (type.covers() != null) {
            time("/data/until", data.path("until").asText());
        }
        Optional<OrderForm> form = json.has("order") ? Optional.of(forms.read(json, client)) : Optional.empty();
        Optional<String> retracts = Optional.ofNullable(json.path("retracts").asText(null));
        return new NewFact(
                name, source, sourceId, retracts, at(json), about(json.path("about")), data, form, person(json, type));
    }

    /** Of an order the form has it. */
    private static Optional<ObjectNode> person(JsonNode json, FactType type) {
        if (!json.has("person") || json.has("order")) {
            return Optional.empty();
        }
        if (type.seals() == null || !(json.path("person").path(type.seals()) instanceof ObjectNode part)) {
            throw refused("/person", "这个事实不带个人信息 / this fact brings nothing of a person, or not under its name");
        }
        return Optional.of(part);
    }

    private String sourceId(JsonNode json, String name, String client) {
        boolean ofEvent = json.has("event") || json.has("retracts");
        String id = ofEvent
                ? json.path("event").asText(json.path("retracts").asText() + RETRACTED)
                : json.path("id").asText(json.has("at") ? "" : name + "@" + clock.millis());
        if (id.isEmpty() || id.length() > 200) {
            throw refused("/id", "缺少消息编号 / the message's own id is missing or too long");
        }
        return ofEvent || client.isEmpty() ? id : client + "/" + id;
    }

    /** Only what the catalogue lists: facts lie in clear, and free text could name a person. */
    private static ObjectNode data(JsonNode sent, FactType type) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            DataKind kind = type.data().get(field.getKey());
            if (field.getValue().isNull()) {
                continue;
            }
            if (kind == null) {
                throw refused(
                        "/data",
                        "有目录中没有的字段，" + type.name() + " 只能带 / a field that is not in the catalogue; " + type.name()
                                + " may have " + new TreeSet<>(type.data().keySet()));
            }
            if (!kind.admits(field.getValue())) {
                throw refused("/data/" + field.getKey(), kind.need());
            }
            data.set(field.getKey(), field.getValue());
        }
        return data;
    }

    /** What the hub itself notices happens now. */
    private Instant at(JsonNode json) {
        return json.has("at") ? time("/at", json.path("at").asText()) : clock.instant();
    }

    /** Within a century: what is added to it must still be a time for the store. */
    private static Instant time(String path, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 2000 && time.getYear() < 2100) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // answered below, like a time that cannot be
        }
        throw refused(path, "时间须带时区，如 2026-11-23T10:00:00+08:00 / time with offset needed");
    }

    private static NewFact.About about(JsonNode about) {
        if (about.hasNonNull("subjectId")) {
            return new NewFact.ById(about.get("subjectId").asLong());
        } else if (about.hasNonNull("subject")) {
            return new NewFact.ByName(about.get("subject").asText());
        } else if (about.hasNonNull("waybillNo")) {
            return new NewFact.ByWaybill(about.get("waybillNo").asText());
        } else if (about.hasNonNull("orderNo")) {
            return new NewFact.ByOrderNo(about.get("orderNo").asText());
        }
        throw refused("/about", "须有 orderNo、waybillNo 或 subject / orderNo, waybillNo or subject needed");
    }

    private static Refused refused(String path, String message) {
        return new Refused(Problem.of(
                422, "invalid-fact", "事实不合要求", "Fact breaks its contract", new Problem.Field(path, message)));
    }
}
