package songda.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The order (or other subject) that a fact is about, locked for the length of the recording; it keeps up with its facts. */
public final class Subject {

    final long id;
    final String name;
    final boolean order;
    private final Columns columns;
    private String stage;
    private Instant stageAt;
    private String receiptStage;
    private String receiptStageBefore;
    private String waybillNo;
    private final ObjectNode detail;
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
    }

    Subject(
            long id,
            String name,
            boolean order,
            Columns columns,
            String stage,
            Instant stageAt,
            String receiptStage,
            String waybillNo,
            ObjectNode detail) {
        this.id = id;
        this.name = name;
        this.order = order;
        this.columns = columns;
        this.stage = stage;
        this.stageAt = stageAt;
        this.receiptStage = receiptStage;
        this.receiptStageBefore = receiptStage;
        this.waybillNo = waybillNo;
        this.detail = detail;
    }

    /** A late event is recorded but never turns the stage back. */
    void follow(FactType type, NewFact fact) {
        if (!order) {
            return;
        }
        if (type.stage() != null && !fact.at().isBefore(stageAt)) {
            changed |= !type.stage().equals(stage) || !fact.at().equals(stageAt);
            stage = type.stage();
            stageAt = fact.at();
        }
        receiptStageBefore = receiptStage;
        if (type.receiptStage() != null) {
            changed |= !type.receiptStage().equals(receiptStage);
            receiptStage = type.receiptStage();
        }
        for (String key : type.keeps()) {
            if (fact.data().hasNonNull(key)) {
                detail.set(key, fact.data().get(key));
                waybillNo = key.equals("waybillNo") ? fact.data().get(key).asText() : waybillNo;
                changed = true;
            }
        }
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
        return stage;
    }

    public Instant stageAt() {
        return stageAt;
    }

    public String receiptStage() {
        return receiptStage;
    }

    /** Where the receipt stood before the fact that is being followed. */
    public String receiptStageBefore() {
        return receiptStageBefore;
    }

    public String waybillNo() {
        return waybillNo;
    }

    public ObjectNode detail() {
        return detail;
    }

    boolean changed() {
        return changed;
    }
}
