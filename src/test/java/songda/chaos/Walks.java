package songda.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import songda.process.StandInsProcess;

/**
 * Plays what happens to the parcels: once the post was asked to collect one, it is scanned along its way and delivered or not; receipts
 * come back in time, after a chase, or never. Which way an order goes follows from its number.
 */
final class Walks {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final long STEP_MILLIS = 700;
    private final Sender sender;
    private final FastClock clock;
    private final StandInsProcess partners;
    private final DriverJournal journal;
    private final ScheduledExecutorService clerk;
    private final Random random;
    private final Tail postal;
    private final Tail inquiry;
    private final Map<String, String> orderOf = new HashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<String> awaitingChase = ConcurrentHashMap.newKeySet();
    private final List<String[]> history = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean shuffled;

    Walks(
            Sender sender,
            FastClock clock,
            StandInsProcess partners,
            Path journals,
            DriverJournal journal,
            ScheduledExecutorService clerk,
            Random random) {
        this.sender = sender;
        this.clock = clock;
        this.partners = partners;
        this.journal = journal;
        this.clerk = clerk;
        this.random = random;
        this.postal = new Tail(journals.resolve("postal.jsonl"));
        this.inquiry = new Tail(journals.resolve("inquiry.jsonl"));
    }

    void start() {
        clerk.scheduleWithFixedDelay(this::look, 200, 200, TimeUnit.MILLISECONDS);
    }

    /** From now on what happens to a parcel is told in any order, the receipt first. */
    void shuffled(boolean now) {
        shuffled = now;
    }

    /** Parcels that are still on their way. */
    int open() {
        return open.get();
    }

    /** The post tells again what it told long ago. */
    void again(int scans) {
        List<String[]> old = List.copyOf(history);
        for (int i = 0; i < Math.min(scans, old.size()); i++) {
            String[] scan = old.get(random.nextInt(old.size()));
            sender.send("postal", "/api/postal/scans", "scan", scan[0], scan[1]);
        }
    }

    private void look() {
        try {
            postal.more(this::postalHeard);
            inquiry.more(this::chased);
        } catch (Exception e) {
            System.err.println("the driver cannot read a journal: " + e);
        }
    }

    private void postalHeard(JsonNode line) {
        String key = line.path("key").asText();
        if (line.path("op").asText().equals("order") && line.path("answer").has("waybillNo")) {
            orderOf.put(line.path("answer").path("waybillNo").asText(), key);
        } else if (line.path("op").asText().equals("pickup")
                && line.path("answer").has("pickupNo")
                && orderOf.containsKey(key)
                && begun.add(key)) {
            walk(key, Integer.parseInt(orderOf.get(key).replaceAll("\\D", "")));
        }
    }

    private void chased(JsonNode line) {
        String waybill = line.path("body").path("waybillNo").asText();
        if (line.path("op").asText().equals("chase") && awaitingChase.remove(waybill)) {
            clerk.schedule(() -> row(waybill), 2, TimeUnit.SECONDS);
        }
    }

    private void walk(String waybill, int n) {
        open.incrementAndGet();
        int way = n % 100;
        boolean receipt =
                Set.of("PHYSICAL", "OWN_FORM").contains(MadeOrder.of(n, "").receipt());
        List<String> codes = new ArrayList<>(List.of("203", "305", "306", "702"));
        if (way >= 80 && way < 85) {
            codes.addAll(List.of("705", "702"));
        }
        if (way < 95) {
            codes.add("704");
        }
        boolean mixed = shuffled;
        if (receipt && way >= 85 && way < 92) {
            awaitingChase.add(waybill);
        }
        boolean row = receipt && (way < 85 || way >= 97);
        if (row && mixed) {
            row(waybill);
        }
        tell(waybill, codes, mixed).whenComplete((ok, failed) -> {
            if (row && !mixed) {
                clerk.schedule(() -> row(waybill), STEP_MILLIS, TimeUnit.MILLISECONDS);
            }
            open.decrementAndGet();
        });
    }

    private CompletableFuture<?> tell(String waybill, List<String> codes, boolean mixed) {
        if (mixed) {
            List<String[]> scans = new ArrayList<>();
            Instant from = clock.now().minusSeconds(30);
            for (int i = 0; i < codes.size(); i++) {
                scans.add(scan(waybill, codes.get(i), i, from.plusSeconds(i)));
            }
            Collections.shuffle(scans, random);
            return CompletableFuture.allOf(scans.stream().map(this::send).toArray(CompletableFuture[]::new));
        }
        CompletableFuture<?> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < codes.size(); i++) {
            int at = i;
            all = all.thenCompose(before -> later())
                    .thenCompose(now -> send(scan(waybill, codes.get(at), at, clock.now())));
        }
        return all;
    }

    private CompletableFuture<Void> later() {
        CompletableFuture<Void> later = new CompletableFuture<>();
        clerk.schedule(() -> later.complete(null), STEP_MILLIS, TimeUnit.MILLISECONDS);
        return later;
    }

    private CompletableFuture<Integer> send(String[] scan) {
        history.add(scan);
        return sender.send("postal", "/api/postal/scans", "scan", scan[0], scan[1]);
    }

    /** Key, as the hub names the fact, and body. */
    private static String[] scan(String waybill, String code, int number, Instant at) {
        String time = SECONDS.format(at.atZone(Driver.ZONE));
        return new String[] {
            waybill + "/" + code + "/" + time,
            """
            {"serialNo":"%s-%02d","waybillNo":"%s","opCode":"%s","opName":"测试","opTime":"%s","opOrgCode":"31120001",\
            "opOrgName":"萧山揽投部","opOrgCity":"杭州市"%s%s}"""
                    .formatted(
                            waybill,
                            number,
                            waybill,
                            code,
                            time,
                            code.equals("704") ? ",\"signer\":\"W\"" : "",
                            code.equals("705") ? ",\"reasonCode\":\"103\"" : "")
        };
    }

    private void row(String waybill) {
        try {
            partners.control(
                    "/control/receipt85/row",
                    "{\"mail_num\":\"%s\",\"op_time\":\"%s\",\"serialnumber\":\"85-%s\"}"
                            .formatted(waybill, SECONDS.format(clock.now().atZone(Driver.ZONE)), waybill));
            journal.heard("row", waybill, 200, "");
        } catch (Exception e) {
            journal.heard("row", waybill, 0, e.toString());
        }
    }
}
