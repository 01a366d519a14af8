package songda.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import songda.clock.HubClock;
import songda.directory.Contact;
import songda.fact.Fact;
import songda.fact.Plan;

final class DoorEndpoint extends DefaultEndpoint {

    private static final String UNTIL = "until";
    private static final Set<String> ADDRESSING = Set.of("to", "role", "place", "quiet", UNTIL, "by");
    private static final Set<String> MANNERS =
            Set.of("repeatable", "ask", "order", "gather", "dead", "rate", "consumers", "quiet", "tells");
    private final DoorComponent component;
    private final String door;
    private final Map<String, Object> words;

    DoorEndpoint(String uri, DoorComponent component, String door, Map<String, Object> words) {
        super(uri, component);
        this.component = component;
        this.door = door;
        this.words = words;
    }

    @Override
    public Producer createProducer() {
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(words).forEach((key, value) -> {
            if (!ADDRESSING.contains(key)) {
                args.put(key, value.toString());
            }
        });
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                Plan plan = exchange.getProperty(Plan.PROPERTY, Plan.class);
                if (plan == null) {
                    throw new IllegalStateException(
                            getEndpointUri() + " stands outside a step: only a route from fact: may plan");
                }
                owe(plan, words.containsKey(UNTIL) ? args.deepCopy().put(UNTIL, until(plan)) : args);
            }
        };
    }

    /** When the time is over that a ladder of this very step gives. */
    private String until(Plan plan) {
        String rung = word(UNTIL, "");
        Instant due = plan.due(rung)
                .orElseThrow(() -> new IllegalStateException(
                        getEndpointUri() + ": until: the step does not open deadline:open/… " + rung + " before this"));
        return HubClock.local(due);
    }

    /** This door, or the one like it of the system that the order names under {@code by}. */
    private String door(Plan plan) {
        String named = words.containsKey("by")
                ? plan.fact().subject().detail().path(word("by", "")).asText("")
                : "";
        return named.isEmpty() ? door : component.like(door, named);
    }

    private void owe(Plan plan, ObjectNode args) {
        String door = door(plan);
        Instant notBefore = words.containsKey("quiet") ? component.quiet.over(word("quiet", "")) : null;
        if (!words.containsKey("role")) {
            plan.owe(door, word("to", ""), args, notBefore, component.gather.apply(door));
            return;
        }
        for (Contact contact : component.directory.answering(words.get("role").toString(), county(plan.fact()))) {
            plan.owe(door, "contact:" + contact.id(), args, notBefore, component.gather.apply(door));
        }
    }

    /** Of an order the county of its office or of its recipient; of what is no order the one that the fact names, else the one that it keeps, or none. */
    private String county(Fact fact) {
        var columns = fact.subject().columns();
        if (!fact.subject().isOrder()) {
            return fact.data().path("county").asText(columns.county());
        }
        return word("place", "office").equals("destination") ? columns.destCounty() : columns.county();
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        String order = word("order", "door");
        if (!MANNERS.containsAll(words.keySet())
                || !Set.of("door", "addressee").contains(order)
                || !Set.of("pass", "block").contains(word("dead", "pass"))) {
            throw new IllegalArgumentException(
                    getEndpointUri()
                            + ": at the edge write repeatable: true|false, ask: <route>, order: door|addressee, gather: PT1H, dead: pass|block, rate: <a second>, consumers: <number>, quiet: <hours>, tells: <fact>");
        }
        return new DoorConsumer(
                this,
                processor,
                component.staff,
                door,
                new DoorStaff.Manners(
                        Boolean.parseBoolean(word("repeatable", "false")),
                        order.equals("addressee"),
                        gather(),
                        ask(),
                        word("dead", "pass").equals("block"),
                        Double.parseDouble(word("rate", "0")),
                        Integer.parseInt(word("consumers", "2")),
                        quiet(),
                        words.containsKey("tells") ? word("tells", "") : null));
    }

    private BooleanSupplier quiet() {
        return words.containsKey("quiet") ? () -> component.quiet.over(word("quiet", "")) != null : () -> false;
    }

    private String ask() {
        String route = word("ask", "");
        if (route.isEmpty()) {
            return null;
        }
        if (word("repeatable", "false").equals("true")) {
            throw new IllegalArgumentException(
                    getEndpointUri() + ": who takes a message twice for one is not asked for it");
        }
        component.fileOf(route);
        return route;
    }

    private String gather() {
        try {
            return words.containsKey("gather")
                    ? Duration.parse(word("gather", "")).toString()
                    : null;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(getEndpointUri() + ": gather: write PT1H", e);
        }
    }

    private String word(String key, String unless) {
        return words.getOrDefault(key, unless).toString();
    }

    @Override
    public boolean isRemote() {
        return false;
    }
}
