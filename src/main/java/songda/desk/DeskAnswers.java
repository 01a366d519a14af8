package songda.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import songda.audit.Audit;
import songda.audit.AuditChain;
import songda.deadline.CalendarWatch;
import songda.deadline.ClockGuard;
import songda.deadline.DeadlineDesk;
import songda.door.DoorDesk;
import songda.door.EffectDesk;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.signature.Caller;
import songda.signature.NonceStore;

/** Answers the desk's requests. A change uses up its nonce: the same request does not come twice. */
@Component
final class DeskAnswers {

    private static final int PAGE = 50;
    private static final Set<String> ASKING = Set.of(
            "deadlines",
            "deadline",
            "snapshot",
            "effects",
            "effect",
            "doors",
            "letters",
            "letter",
            "replays",
            "replay",
            "label",
            "audit",
            "audit-verify");
    private final DeadlineDesk deadlines;
    private final EffectDesk effects;
    private final DoorDesk doors;
    private final CalendarWatch calendar;
    private final ClockGuard guard;
    private final NonceStore nonces;
    private final Audit audit;
    private final AuditChain chain;
    private final LetterAnswers letters;
    private final LabelAnswers labels;
    private final KpiAnswers kpis;
    private final boolean versions;

    DeskAnswers(
            DeadlineDesk deadlines,
            EffectDesk effects,
            DoorDesk doors,
            CalendarWatch calendar,
            ClockGuard guard,
            NonceStore nonces,
            Audit audit,
            AuditChain chain,
            LetterAnswers letters,
            LabelAnswers labels,
            KpiAnswers kpis,
            @Value("${songda.config.laid:false}") boolean versions) {
        this.labels = labels;
        this.kpis = kpis;
        this.versions = versions;
        this.letters = letters;
        this.audit = audit;
        this.chain = chain;
        this.deadlines = deadlines;
        this.effects = effects;
        this.doors = doors;
        this.calendar = calendar;
        this.guard = guard;
        this.nonces = nonces;
    }

    /** Reads a parameter of the request, or null. */
    interface Parameters {
        String get(String name);
    }

    /**
     * @param request deadlines, deadline, snapshot, effects, effect, doors, label, change, settle, door-open, migrate, calendar, ladders, clock, audit, audit-verify, or what
     *     {@link LetterAnswers} or {@link KpiAnswers} knows
     * @param body empty where the request has none
     */
    JsonNode answer(String request, Caller caller, Parameters in, JsonNode body) {
        caller.desk();
        if (!ASKING.contains(request) && !KpiAnswers.ASKING.contains(request)) {
            nonces.consume(caller);
        }
        String reason = body.path("reason").asText();
        return switch (request) {
            case "deadlines" ->
                deadlines.list(in.get("ladder"), in.get("state"), in.get("orderNo"), in.get("cursor"), limit(in));
            case "snapshot" -> deadlines.snapshot(in.get("orderNo"));
            case "deadline" -> deadlines.show(in.get("id"));
            case "change" ->
                deadlines.change(
                        caller.client(),
                        in.get("id"),
                        in.get("change"),
                        reason,
                        body.path("at").asText(null));
            case "migrate" ->
                deadlines.migrate(
                        caller.client(),
                        body.path("ladder").asText(),
                        reason,
                        body.path("dryRun").asBoolean());
            case "effects" ->
                effects.list(in.get("state"), in.get("door"), in.get("orderNo"), in.get("cursor"), limit(in));
            case "effect" -> effects.show(in.get("id"));
            case "settle" ->
                effects.settle(caller.client(), in.get("id"), body.path("as").asText(), reason);
            case "doors" -> doors.list();
            case "door-open" -> doors.open(caller.client(), in.get("door"), reason);
            case "calendar" -> onDisk("mappings/calendar", "日历", () -> calendar.reload(caller.client(), reason));
            case "ladders" -> onDisk("routes/ladder", "阶梯", () -> deadlines.reloadLadders(caller.client(), reason));
            case "label" -> labels.message(caller, in.get("orderNo"));
            case "clock" -> agree(caller, reason);
            case "audit" -> chain.list(in.get("cursor"), limit(in));
            case "audit-verify" -> chain.verify(in.get("head"));
            default ->
                KpiAnswers.knows(request)
                        ? kpis.answer(request, caller, in, body)
                        : letters.answer(request, caller, in, body);
        };
    }

    static int limit(Parameters in) {
        String limit = in.get("limit");
        return limit == null ? PAGE : Integer.parseInt(limit);
    }

    /** Where a version runs, the disk counts when it is applied: a part of it read alone would be in no version. */
    private ObjectNode onDisk(String folder, String zh, Supplier<ObjectNode> reading) {
        if (versions) {
            throw new Refused(Problem.of(
                    409,
                    "configuration-has-versions",
                    "配置有版本，不能只重读一部分",
                    "The configuration has versions: no part of it is read alone",
                    new Problem.Field(folder, "改用 songda apply . --reason …，全部一起生效 / use songda apply . --reason …")));
        }
        return read(folder, zh, reading);
    }

    /** What was changed on disk is read again; where that is wrong, what was in force stays. */
    private static ObjectNode read(String folder, String zh, Supplier<ObjectNode> reading) {
        String what = folder.substring(folder.indexOf('/') + 1);
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.of(
                    422,
                    "invalid-" + what,
                    zh + "有误，仍用原来的",
                    "The " + what + " is wrong, the former one stays",
                    new Problem.Field(folder, e.getMessage())));
        }
    }

    private ObjectNode agree(Caller caller, String reason) {
        boolean frozen = guard.frozen().isPresent();
        guard.agree();
        audit.write(caller.client(), "clock.agree", null, reason, JsonNodeFactory.instance.objectNode());
        return JsonNodeFactory.instance.objectNode().put("wasFrozen", frozen);
    }
}
