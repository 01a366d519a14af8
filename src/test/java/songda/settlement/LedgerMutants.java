package songda.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.BadSqlGrammarException;
import songda.clock.HubClock;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;
import songda.norm.Edit;
import songda.timeline.Stage;

/**
 * Makes the SQL that keeps the books wrong, one word at a time, and sees whether the accounts of a month notice (R12): what the hub's own classes
 * say of the same facts is compared with what a person worked out.
 */
public final class LedgerMutants {

    static final String UNIT = "11330109MB7TARFF11";
    static final String OTHER = "11330109MB1A2B3C4H";
    /** What waited for a price that is there now. */
    static final String LATE = "ZWLEDGER-LATE";

    private static final String CASE = "LedgerCase: what two units owe for a month";
    private static final Path FOLDER = Path.of("src", "main", "resources", "sql");
    private static final List<String> FILES =
            List.of("ledger-next", "ledger-standing", "ledger-waiting", "ledger-forgotten", "statement-lines");

    /** Of the others, any order is as good. */
    private static final Set<String> ORDERED = Set.of("ledger-next", "statement-lines");

    private static final Set<String> RULES = Set.of("R12");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Worked out by hand: 8 yuan within the city, 10 beyond it, 3 for a receipt on paper, half a percent of what is declared (R88, R90, R92, R96).
     * October had closed when its last item was reported: it is a correction of November.
     */
    private static final List<String> EXPECTED =
            """
            booked 25
            booked again 0
            11330109MB7TARFF11 2026-10 true 1 owed 0 0.00 0.00 0.00 0.00 paid at the door 0 0.00 collected 0.00
            11330109MB7TARFF11 2026-11 false 1 owed 7 52.00 6.00 12.30 70.30 paid at the door 2 8.00 collected 45.10
              2026-11-01 ZWLEDGER-ALL 10.00 3.00 6.15 false false
              2026-11-03 ZWLEDGER-AGAIN 10.00 3.00 6.15 false true
              2026-11-05 ZWLEDGER-TWICE-TOLD 8.00 0.00 0.00 false false
              2026-11-06 ZWLEDGER-REFUNDED 0.00 0.00 0.00 false true
              2026-11-07 ZWLEDGER-FOUND 8.00 0.00 0.00 false false
              2026-11-08 ZWLEDGER-NOT-DELIVERED 8.00 0.00 0.00 false false
              2026-10-31 ZWLEDGER-OCTOBER 8.00 0.00 0.00 true false
              fee 2026-11-02 ZWLEDGER-ALL 45.10 false
              fee 2026-11-09 ZWLEDGER-NOT-DELIVERED 0.00 true
            11330109MB7TARFF11 2026-12 false 1 owed 0 0.00 0.00 0.00 0.00 paid at the door 0 0.00 collected 0.00
            11330109MB1A2B3C4H 2026-11 false 0 owed 1 10.00 0.00 0.00 10.00 paid at the door 0 0.00 collected 0.00
              2026-11-08 ZWLEDGER-LATE 10.00 0.00 0.00 false false
            """
                    .lines()
                    .toList();

    private record Wrong(Pattern what, String with) {

        static Wrong of(String what, String with) {
            return new Wrong(Pattern.compile(what), with);
        }
    }

    private static final Wrong DESCENDING = Wrong.of("(?<=order by )[a-z.]+", "$0 desc");

    private static final List<Wrong> EDITS = List.of(
            Wrong.of(" <> ", " = "),
            Wrong.of(" = (?!any)", " <> "),
            Wrong.of(" > ", " <= "),
            Wrong.of(" < ", " >= "),
            Wrong.of(" is null", " is not null"),
            Wrong.of(" is not null", " is null"),
            Wrong.of(" not in ", " in "),
            Wrong.of("'[A-Za-z.-]+\\b(?<!waived|Asia)'", "'other'"),
            Wrong.of("\\bmin\\(", "max("),
            Wrong.of("sum\\(", "min("),
            Wrong.of("bool_or\\(", "bool_and("),
            DESCENDING);

    private final Path scratch;

    /** @param scratch an empty folder, for wrong files */
    public LedgerMutants(Path scratch) {
        this.scratch = scratch;
    }

    public List<Edit> all() {
        try (Stage stage = new Stage(Path.of("routes"), Path.of("mappings"))) {
            report(stage);
            assertThat(new LedgerCase().apply(stage.hub())).isEqualTo(EXPECTED);
            List<Edit> edits = new ArrayList<>();
            for (String name : FILES) {
                Path file = FOLDER.resolve(name + ".sql");
                String text = Files.readString(file);
                for (Wrong wrong : EDITS) {
                    Matcher at = wrong.what().matcher(text);
                    while (at.find()) {
                        if (!commented(text, at.start()) && (wrong != DESCENDING || ORDERED.contains(name))) {
                            edits.add(edit(stage.hub(), file, text, at, wrong));
                        }
                    }
                }
            }
            return edits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was reported of some orders, all of it on one morning of November; of each what the name says. */
    private static void report(Stage stage) throws IOException {
        Story story = new Story(stage);
        stage.set(time("2021-03-01T10:00:00+08:00"));
        story.order("ZWLEDGER-NO-PRICE", UNIT, "SENDER", "330103", "NONE", 0, 0);
        story.order("ZWLEDGER-NO-PRICE-1", UNIT, "SENDER", "330103", "NONE", 0, 0);
        story.order("ZWLEDGER-NO-PRICE-2", UNIT, "SENDER", "330103", "NONE", 0, 0);
        stage.set(time("2026-11-10T10:00:00+08:00"));
        story.order("ZWLEDGER-ALL", UNIT, "SENDER", "330203", "PHYSICAL", 1230, 45.10);
        story.order("ZWLEDGER-AGAIN", UNIT, "SENDER", "330203", "PHYSICAL", 1230, 0);
        story.order("ZWLEDGER-TWICE-TOLD", UNIT, "SENDER", "330110", "NONE", 0, 0);
        story.order("ZWLEDGER-DOOR", UNIT, "RECIPIENT", "330110", "NONE", 0, 0);
        story.order("ZWLEDGER-DOOR-RETURNED", UNIT, "RECIPIENT", "330110", "NONE", 0, 0);
        story.order("ZWLEDGER-REFUNDED", UNIT, "SENDER", "330110", "NONE", 0, 0);
        story.order("ZWLEDGER-FOUND", UNIT, "SENDER", "330110", "NONE", 0, 0);
        story.order("ZWLEDGER-OCTOBER", UNIT, "SENDER", "330110", "NONE", 0, 0);
        story.order("ZWLEDGER-NOT-DELIVERED", UNIT, "SENDER", "330110", "NONE", 0, 20);
        story.order(LATE, OTHER, "SENDER", "330203", "NONE", 0, 0);

        story.post("parcel.accepted", LATE, "2026-11-08T10:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-NO-PRICE", "2021-06-01T10:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-NO-PRICE-1", "2021-06-01T10:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-NO-PRICE-2", "2021-06-01T10:00:00+08:00");
        story.post("parcel.acceptance-retracted", "ZWLEDGER-NO-PRICE-1", "2021-06-01T11:00:00+08:00");
        story.post("parcel.acceptance-retracted", "ZWLEDGER-NO-PRICE-2", "2021-06-01T11:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-OCTOBER", "2026-10-31T23:59:59+08:00");
        story.post("parcel.accepted", "ZWLEDGER-ALL", "2026-11-01T00:00:00+08:00");
        story.post("parcel.delivered", "ZWLEDGER-ALL", "2026-11-02T09:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-AGAIN", "2026-11-03T09:00:00+08:00");
        story.post("parcel.acceptance-retracted", "ZWLEDGER-AGAIN", "2026-11-03T10:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-AGAIN", "2026-11-04T09:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-TWICE-TOLD", "2026-11-05T09:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-TWICE-TOLD", "2026-11-05T09:30:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-DOOR", "2026-11-05T10:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-DOOR-RETURNED", "2026-11-05T11:00:00+08:00");
        story.post("return.dispatched", "ZWLEDGER-DOOR-RETURNED", "2026-11-09T11:00:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-REFUNDED", "2026-11-06T09:00:00+08:00");
        story.desk("remedy.refunded", "ZWLEDGER-REFUNDED", "2026-11-09T09:00:00+08:00", Map.of("evidence", "TK-1"));
        story.post("parcel.accepted", "ZWLEDGER-REFUNDED", "2026-11-06T09:10:00+08:00");
        story.post("parcel.accepted", "ZWLEDGER-FOUND", "2026-11-07T09:00:00+08:00");
        story.desk("remedy.refunded", "ZWLEDGER-FOUND", "2026-11-09T10:00:00+08:00", Map.of("waived", "FOUND"));
        story.post("parcel.accepted", "ZWLEDGER-NOT-DELIVERED", "2026-11-08T09:00:00+08:00");
        story.post("parcel.delivered", "ZWLEDGER-NOT-DELIVERED", "2026-11-09T14:00:00+08:00");
        story.post("parcel.delivery-retracted", "ZWLEDGER-NOT-DELIVERED", "2026-11-09T15:00:00+08:00");
        // The reader of facts passes by what a transaction elsewhere in the same server might precede.
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> stage.db()
                .sql("select pg_snapshot_xmin(pg_current_snapshot()) > (select max(xid) from fact)")
                .query(Boolean.class)
                .single());
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private record Story(Stage stage) {

        void order(String orderNo, String unit, String payer, String to, String receipt, double declared, double fee)
                throws IOException {
            ObjectNode order =
                    (ObjectNode) JSON.readTree(Path.of("mappings/gov/order-to-fact/examples/a-full-order.in.json")
                            .toFile());
            order.put("orderNo", orderNo).put("payer", payer).put("receipt", receipt);
            order.put(
                    "orderedAt",
                    HubClock.local(stage.hub().getBean(HubClock.class).instant()));
            order.put("declaredValue", declared).put("feeToCollect", fee);
            order.withObject("/office").put("creditCode", unit);
            order.withObject("/recipient").put("county", to);
            Object fact =
                    stage.hub().getBean(Mappings.class).get("gov/order-to-fact").translate(order, OnBreach.REFUSE);
            stage.said("gov", (JsonNode) fact);
        }

        void post(String fact, String orderNo, String at) {
            says("postal", fact, orderNo, at, Map.of());
        }

        void desk(String fact, String orderNo, String at, Map<String, String> data) {
            says("desk", fact, orderNo, at, data);
        }

        private void says(String who, String fact, String orderNo, String at, Map<String, String> data) {
            ObjectNode said = JSON.createObjectNode().put("fact", fact).put("id", fact + orderNo + at);
            said.put("at", at).putObject("about").put("orderNo", orderNo);
            data.forEach(said.putObject("data")::put);
            stage.said(who, said);
        }
    }

    private static boolean commented(String text, int at) {
        return text.substring(text.lastIndexOf('\n', at) + 1, at).contains("--");
    }

    private Edit edit(ApplicationContext hub, Path file, String text, Matcher at, Wrong wrong) throws IOException {
        String with = wrong.with().replace("$0", at.group());
        Path bad = scratch.resolve("sql").resolve(file.getFileName());
        Files.createDirectories(bad.getParent());
        Files.writeString(bad, text.substring(0, at.start()) + with + text.substring(at.end()));
        try {
            int line = (int) text.substring(0, at.start()).lines().count();
            return new Edit(RULES, file, Math.max(line, 1), at.group().strip() + " -> " + with.strip(), killer(hub));
        } finally {
            Files.delete(bad);
        }
    }

    /** Why the accounts are not as they should be. */
    private Optional<String> killer(ApplicationContext hub) {
        try (ChildFirst loader = new ChildFirst(scratch)) {
            @SuppressWarnings("unchecked")
            Function<ApplicationContext, List<String>> play =
                    (Function<ApplicationContext, List<String>>) loader.loadClass(LedgerCase.class.getName())
                            .getDeclaredConstructor()
                            .newInstance();
            List<String> said = play.apply(hub);
            return said.equals(EXPECTED) ? Optional.empty() : Optional.of(CASE);
        } catch (BadSqlGrammarException e) {
            return Optional.of(
                    Edit.REFUSED + e.getMostSpecificCause().getMessage().replaceAll("\\s+", " "));
        } catch (RuntimeException e) {
            // A wrong answer of the database that the classes fall over.
            return Optional.of(CASE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settlement's own classes once more, reading their SQL from another folder first. */
    private static final class ChildFirst extends URLClassLoader {

        ChildFirst(Path wrong) throws MalformedURLException {
            super(
                    new URL[] {
                        wrong.toUri().toURL(),
                        LedgerCase.class.getProtectionDomain().getCodeSource().getLocation(),
                        Books.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    LedgerMutants.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("songda.settlement.") && !name.equals("songda.store.Sql")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            URL own = getResource(name);
            return own == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(own));
        }
    }
}
