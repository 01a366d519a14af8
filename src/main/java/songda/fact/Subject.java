package songda.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import songda.clock.HubClock;

/** The order (or other subject) that a fact is about, locked for the length of the recording; it keeps up with its facts. */
public final class Subject {

    /** Of an order: when a complaint, loss or damage was found last, and when one was resolved last. */
    private static final String MATTER = "matterAt";

    private static final String SETTLED = "settledAt";

    /** Stages in which somebody has the receipt in hand. */
    private static final Set<String> TOLD = Set.of("POSTED", "RETURNED", "WRONG");

    final long id;
    final String name;
    final boolean order;
    private Columns columns;
    private final Track stage;
    private final Track receipt;
    private final Track anomaly;
    private String waybillNo;
    private final ObjectNode detail;
    private final Map<String, Integer> elsewhere = new HashMap<>();
    private ObjectNode before;
    private boolean changed;

    /** The columns of an order that never change. */
    public record Columns(
            String client,
            String orderNo,
            String county,
            String destCounty,
            String payer,
            String receipt,
            String service) {
        static final Columns NONE = new Columns("", "", "", "", "", "", "");

        /** What is no order lies where it is delivered from. */
        Columns at(String place) {
            return new Columns(client, orderNo, place, place, payer, receipt, service);
        }
    }

    /** Where something stands, since when, and where it stood before the fact that is being followed. */
    private static final class Track {

        private String value;
        private Instant at;
        private String before;

        Track(String value, Instant at) {
            this.value = value;
            this.at = at;
            this.before = value;
        }

        /**
         * A late event never turns it back.
         *
         * @param own what the hub's own deadlines say: that nothing was known by then, so whatever is known afterwards counts
         */
        boolean follow(String next, Instant when, boolean own) {
            before = value;
            if (next == null || when.isBefore(at)) {
                return false;
            }
            Instant since = own ? at : when;
            boolean moved = !next.equals(value) || !since.equals(at);
            value = next;
            at = since;
            return moved;
        }

        /** Whether it is this very fact that stands. */
        boolean stands(String told, Instant when) {
            return told != null && told.equals(value) && when.equals(at);
        }
    }

    /** Where an order stands: three words of {@code routes/facts.yaml}, each with its instant. */
    record Standing(
            String stage, Instant stageAt, String receipt, Instant receiptAt, String anomaly, Instant anomalyAt) {

        static Standing fresh(String stage, Instant at) {
            return new Standing(stage, at, "NONE", Instant.EPOCH, "NONE", Instant.EPOCH);
        }
    }

    Subject(
            long id,
            String name,
            boolean order,
            Columns columns,
            Standing standing,
            String waybillNo,
            ObjectNode detail) {
        this.id = id;
        this.name = name;
        this.order = order;
        this.columns = columns;
        this.stage = new Track(standing.stage(), standing.stageAt());
        this.receipt = new Track(standing.receipt(), standing.receiptAt());
        this.anomaly = new Track(standing.anomaly(), standing.anomalyAt());
        this.waybillNo = waybillNo;
        this.detail = detail;
    }

    boolean refuses(FactType type) {
        return order && type.refusedOtherwise() && !type.movesFrom(stage());
    }

    void follow(FactType type, NewFact fact) {
        if (!order) {
            before = detail.deepCopy();
            remember(type, fact);
            columns = columns.at(detail.path("county").asText(""));
            return;
        }
        boolean own = fact.source().equals("kit");
        changed |= stage.follow(type.movesFrom(stage()) ? type.stage() : null, fact.at(), own);
        changed |= receipt.follow(type.receiptStage(), fact.at(), own);
        followAnomaly(type, fact.at(), own);
        remember(type, fact);
    }

    private void remember(FactType type, NewFact fact) {
        count(type, fact);
        for (String key : type.keeps()) {
            if (fact.data().hasNonNull(key)) {
                detail.set(key, fact.data().get(key));
                waybillNo = key.equals("waybillNo") ? fact.data().get(key).asText() : waybillNo;
                changed = true;
            }
        }
    }

    /**
     * A delivery or a receipt ends a delay, and no complaint, loss or damage: these stay until somebody resolves them (R78, R83). In whatever order
     * the facts come, the end is the same.
     */
    private void followAnomaly(FactType type, Instant at, boolean own) {
        String next = type.anomaly();
        remember("OPEN".equals(next) ? MATTER : "RESOLVED".equals(next) ? SETTLED : null, at);
        boolean moved = anomaly.follow(next, at, own);
        changed |= moved;
        // Another matter was settled since: that says nothing of this delay, which climbed because its end was not
        // known.
        if (!moved
                && "NONE".equals(next)
                && anomaly.value.startsWith("LEVEL")
                && !ofMatter(anomaly.value)
                && (stage.stands(type.stage(), at) || receipt.stands(type.receiptStage(), at))) {
            anomaly.value = "NONE";
            changed = true;
        }
        boolean matter = instant(MATTER).isAfter(instant(SETTLED));
        if (matter && anomaly.value.equals("NONE")) {
            anomaly.value = ofMatter(anomaly.before) ? anomaly.before : "OPEN";
            changed = true;
        } else if (!matter
                && "RESOLVED".equals(next)
                && ofMatter(anomaly.value)
                && !anomaly.at.equals(instant(MATTER))) {
            anomaly.value = "NONE";
            changed = true;
        }
    }

    private boolean ofMatter(String value) {
        return value.equals("OPEN")
                || value.startsWith("LEVEL") && detail.path("ladder").asText().equals("anomaly");
    }

    private void remember(String key, Instant at) {
        if (key != null && at.isAfter(instant(key))) {
            detail.put(key, at.toString());
            changed = true;
        }
    }

    private Instant instant(String key) {
        return detail.has(key) ? Instant.parse(detail.path(key).asText()) : Instant.MIN;
    }

    /** How often it happened, on how many days (A07) and, where the type says so, for each value of a field; {@code resets} begins again. */
    private void count(FactType type, NewFact fact) {
        for (String name : type.resets()) {
            changed |= detail.has(name);
            forget(name);
        }
        if (type.uncounts() != null && detail.has(type.uncounts())) {
            uncount(type.uncounts());
        }
        if (type.counts() != null) {
            String name = type.counts();
            String day = HubClock.local(fact.at()).substring(0, 10);
            detail.put(name, detail.path(name).asInt() + 1);
            if (!day.equals(detail.path(name + "Last").asText())) {
                detail.put(name + "Days", detail.path(name + "Days").asInt() + 1)
                        .put(name + "Last", day);
            }
            if (type.countsBy() != null && fact.data().hasNonNull(type.countsBy())) {
                String value = fact.data().get(type.countsBy()).asText();
                ObjectNode each = detail.withObjectProperty(name + "By");
                each.put(value, each.path(value).asInt() + 1);
            }
            changed = true;
        }
    }

    private void forget(String counted) {
        detail.remove(List.of(counted, counted + "Days", counted + "Last", counted + "By"));
    }

    /** One less, and no more days than times: on which day the one that is taken back was is not kept. */
    private void uncount(String name) {
        int times = detail.path(name).asInt() - 1;
        if (times > 0) {
            detail.put(name, times)
                    .put(
                            name + "Days",
                            Math.min(times, detail.path(name + "Days").asInt()));
        } else {
            forget(name);
        }
        changed = true;
    }

    /** What other orders of this recipient count under this name; not kept. */
    void elsewhere(String counted, int times) {
        elsewhere.put(counted, times);
    }

    /** By the name of what is counted: how often it happened to all orders of this recipient, as far as that was asked (A14). */
    public Map<String, Integer> ofRecipient() {
        Map<String, Integer> all = new HashMap<>();
        elsewhere.forEach(
                (name, times) -> all.put(name, times + detail.path(name).asInt()));
        return all;
    }

    public long id() {
        return id;
    }

    public boolean isOrder() {
        return order;
    }

    /** Its name where it is no order, e.g. {@code system:receipt85}. */
    public String name() {
        return name;
    }

    public Columns columns() {
        return columns;
    }

    public String stage() {
        return stage.value;
    }

    public Instant stageAt() {
        return stage.at;
    }

    public String receiptStage() {
        return receipt.value;
    }

    /** Where the receipt stood before the fact that is being followed. */
    public String receiptStageBefore() {
        return receipt.before;
    }

    /** Its receipt is told of for an instant before it was delivered, the one time: one of the two is wrong (R67). */
    boolean receiptAhead() {
        return "DELIVERED".equals(stage.value)
                && TOLD.contains(receipt.value)
                && receipt.at.isAfter(Instant.EPOCH)
                && receipt.at.isBefore(stage.at)
                && detail.path("deliveries").asInt() <= 1;
    }

    Instant receiptAt() {
        return receipt.at;
    }

    public String anomaly() {
        return anomaly.value;
    }

    /** Where the anomaly stood before the fact that is being followed. */
    public String anomalyBefore() {
        return anomaly.before;
    }

    Instant anomalyAt() {
        return anomaly.at;
    }

    public String waybillNo() {
        return waybillNo;
    }

    public ObjectNode detail() {
        return detail;
    }

    /** Of what is no order: what it kept before the fact that is being followed; else null. */
    ObjectNode before() {
        return before;
    }

    boolean changed() {
        return changed;
    }
}
