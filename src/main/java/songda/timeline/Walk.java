package songda.timeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import songda.clock.HubClock;
import songda.fact.DataKind;
import songda.fact.FactType;
import songda.failure.Refused;
import songda.store.Sql;

/** Plays one timeline and compares. */
public final class Walk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String ORDER = Sql.file("timeline-order");
    private static final Pattern RULE = Pattern.compile("\\b[RA]\\d\\d\\b");
    private final Rehearsal rehearsal;
    private final Timeline timeline;
    private final String orderNo = "TL" + NUMBERS.incrementAndGet();
    private final Seen seen;

    /**
     * @param mismatch what differs, with file and line, or empty
     * @param touched {@code fact receipt.overdue}, {@code ladder receipt}: what it depends on
     */
    public record Result(Timeline timeline, Optional<String> mismatch, Set<String> touched) {}

    private Walk(Rehearsal rehearsal, Timeline timeline) {
        this.rehearsal = rehearsal;
        this.timeline = timeline;
        this.seen = new Seen(rehearsal.db, rehearsal.directory);
    }

    public static Result play(Rehearsal rehearsal, Timeline timeline) {
        Walk walk = new Walk(rehearsal, timeline);
        return new Result(timeline, walk.mismatch(false), walk.seen.touched);
    }

    /** Ends at the first thing that differs. */
    static boolean fails(Rehearsal rehearsal, Timeline timeline) {
        return new Walk(rehearsal, timeline).mismatch(true).isPresent();
    }

    /** All that follows, a line each, whatever was expected. */
    static List<String> follow(Rehearsal rehearsal, Timeline timeline) {
        Walk walk = new Walk(rehearsal, timeline);
        walk.begin();
        List<String> got = new ArrayList<>();
        timeline.entries().forEach(entry -> walk.play(entry, got));
        got.addAll(walk.seen.next());
        return got;
    }

    private void begin() {
        rehearsal.clear();
        rehearsal.clock.set(timeline.start(), 0);
        if (!timeline.begins()) {
            orderFromBefore();
        }
    }

    private Optional<String> mismatch(boolean first) {
        begin();
        List<String> wrong = new ArrayList<>();
        List<String> got = new ArrayList<>();
        for (Timeline.Entry entry : timeline.entries()) {
            try {
                play(entry, got);
            } catch (RuntimeException e) {
                wrong.add(place(entry) + "\n    " + reason(e));
                break;
            }
            got.addAll(seen.next());
            if (entry.expect() != null) {
                Expectation compared = new Expectation(entry.expect(), got);
                if (!compared.met()) {
                    wrong.add(text(entry, compared, got));
                    if (first) {
                        break;
                    }
                }
                got.clear();
            }
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", wrong));
    }

    private void play(Timeline.Entry entry, List<String> got) {
        rehearsal.until(entry.at());
        if (entry.deed() instanceof Timeline.Happens fact) {
            happens(fact, entry, got);
        } else if (entry.deed() instanceof Timeline.Pulled pulled) {
            pulled(pulled, entry);
        } else if (entry.deed() instanceof Timeline.Down down) {
            rehearsal.sleep(down.length());
        }
        rehearsal.fireAll();
    }

    private void happens(Timeline.Happens fact, Timeline.Entry entry, List<String> got) {
        FactType type = rehearsal.catalogue.get(fact.fact());
        ObjectNode json = fact.fact().equals("order.received")
                ? Sample.order(orderNo, timeline.order())
                : JSON.createObjectNode();
        json.put("fact", type.name()).put("id", id(fact.id(), entry)).put("at", HubClock.local(fact.happened()));
        if (fact.about() == null) {
            json.putObject("about").put("orderNo", orderNo);
        } else {
            json.putObject("about").put("subject", fact.about());
        }
        json.set("data", data(type, fact.data()));
        String by = fact.by() != null ? fact.by() : type.mostlySaidBy();
        try {
            if (!rehearsal.record(json, by).path("recorded").asBoolean()) {
                got.add("seen before");
            }
        } catch (Refused refused) {
            seen.touched.add("fact " + type.name());
            got.add(line(refused));
        }
    }

    /** {@code refused R47 R49 /at …}: the rules first, so that who expects it need not repeat its words. */
    private static String line(Refused refused) {
        String said = refused.problem().fields().stream()
                .map(field -> field.path() + " " + field.message())
                .collect(Collectors.joining("; "));
        Stream<String> rules =
                RULE.matcher(said).results().map(MatchResult::group).distinct().sorted();
        return Stream.concat(Stream.of("refused"), rules).collect(Collectors.joining(" ")) + " " + said;
    }

    private String id(String own, Timeline.Entry entry) {
        return orderNo + "/" + (own == null ? "line" + entry.line() : own);
    }

    private static ObjectNode data(FactType type, Map<String, String> given) {
        ObjectNode data = JSON.createObjectNode();
        given.forEach((key, value) -> {
            if (type.data().get(key) == DataKind.NUMBER) {
                data.put(key, new BigDecimal(value));
            } else if (type.data().get(key) == DataKind.CODES) {
                Stream.of(value.split(" ")).forEach(data.putArray(key)::add);
            } else {
                data.put(key, value);
            }
        });
        return data;
    }

    private void pulled(Timeline.Pulled pulled, Timeline.Entry entry) {
        FactType type = rehearsal.catalogue.names().stream()
                .map(rehearsal.catalogue::get)
                .filter(t -> pulled.system().equals(t.covers()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "pulled: no fact in routes/facts.yaml covers '" + pulled.system() + "'"));
        ObjectNode json = JSON.createObjectNode();
        json.put("fact", type.name()).put("id", id(null, entry)).put("at", HubClock.local(entry.at()));
        json.putObject("about").put("subject", "system:" + pulled.system());
        json.putObject("data").put("until", HubClock.local(pulled.until()));
        rehearsal.record(json, pulled.system());
    }

    private void orderFromBefore() {
        Map<String, String> order = new HashMap<>(timeline.order());
        List<Object> values = new ArrayList<>(List.of(orderNo, "W" + orderNo));
        for (String column : List.of("county", "destCounty", "payer", "receipt", "service")) {
            values.add(order.remove(column));
        }
        values.add(Optional.ofNullable(order.remove("stage")).orElse("ORDERED"));
        values.add(Timestamp.from(Instant.EPOCH));
        values.add(Optional.ofNullable(order.remove("receiptStage")).orElse("NONE"));
        values.add(Optional.ofNullable(order.remove("anomaly")).orElse("NONE"));
        values.add(JSON.valueToTree(order).toString());
        rehearsal.db.sql(ORDER).params(values).query(Long.class).single();
    }

    private String place(Timeline.Entry entry) {
        return timeline.file() + ":" + entry.line() + ": " + timeline.name() + "\n  at " + Moments.text(entry.end());
    }

    private String text(Timeline.Entry entry, Expectation compared, List<String> got) {
        StringBuilder text = new StringBuilder(place(entry));
        compared.missing.forEach(
                line -> text.append("\n    expected, but did not happen:   ").append(line));
        compared.unexpected.forEach(
                line -> text.append("\n    happened, but was not expected: ").append(line));
        text.append("\n  expected:");
        entry.expect().forEach(line -> text.append("\n    - ").append(line));
        text.append("\n  got:");
        got.forEach(line -> text.append("\n    - ").append(line));
        return text.toString();
    }

    private static String reason(Throwable e) {
        StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append("\n    because ").append(cause.getMessage());
        }
        return text.toString();
    }
}
