package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the journals say, counted anew from the files. {@code counts} holds things (an order, a waybill, a label): what
 * was asked twice counts once. {@code traffic} holds requests, which depend on how often somebody had to ask.
 */
public final class Summary {
    private static final Set<String> UNDONE = Set.of("http500", "cut-off", "login-page");
    private final Path folder;

    Summary(Path folder) {
        this.folder = folder;
    }

    /** {@code java -cp target/songda-partners.jar partners.Summary <journal folder>}. */
    public static void main(String[] arguments) {
        System.out.println(Json.pretty(new Summary(Path.of(arguments[0])).read()));
    }

    ObjectNode read() {
        ObjectNode counts = Json.object();
        ObjectNode traffic = Json.object();
        gov(counts, traffic);
        postal(counts, traffic);
        printer(counts, traffic);
        receipts(counts, traffic);
        inquiry(counts, traffic);
        messages(counts, traffic);
        tickets(counts, traffic);
        mails(counts, traffic);
        ObjectNode summary = Json.object();
        summary.set("counts", counts);
        summary.set("traffic", traffic);
        return summary;
    }

    private void gov(ObjectNode counts, ObjectNode traffic) {
        Set<String> pushed = new HashSet<>();
        Set<String> accepted = new HashSet<>();
        Set<String> refused = new HashSet<>();
        Set<String> statuses = new HashSet<>();
        Map<String, Integer> byCode = new TreeMap<>();
        int[] requests = new int[3];
        each("gov", line -> {
            String key = line.path("key").asText();
            int status = line.path("status").asInt();
            if (op(line, "row")) {
                pushed.add(key);
            } else if (op(line, "file")) {
                line.path("body").path("orders").forEach(order -> pushed.add(order.asText()));
            } else if (op(line, "order")) {
                requests[0]++;
                pushed.add(key);
                if (status / 100 == 2) accepted.add(key);
                if (status / 100 == 4) refused.add(key);
                if (line.path("answer").path("duplicate").asBoolean()) requests[1]++;
            } else if (op(line, "status") && done(line)) {
                requests[2]++;
                if (statuses.add(key))
                    byCode.merge(line.path("body").path("op_code").asText(), 1, Integer::sum);
            }
        });
        refused.removeAll(accepted);
        ObjectNode orders = counts.putObject("orders");
        orders.put("pushed", pushed.size()).put("accepted", accepted.size());
        orders.put("refused", refused.size()).put("unanswered", pushed.size() - accepted.size() - refused.size());
        orders.put("duplicateAnswers", requests[1]);
        counts.putObject("statuses").put("received", statuses.size()).set("byOpCode", Json.tree(byCode));
        traffic.put("orderPosts", requests[0]).put("statusPosts", requests[2]);
    }

    private void postal(ObjectNode counts, ObjectNode traffic) {
        Set<String> waybills = new HashSet<>();
        Set<String> pickups = new HashSet<>();
        Set<String> scans = new HashSet<>();
        Map<String, Integer> byCode = new TreeMap<>();
        int[] requests = new int[3];
        each("postal", line -> {
            String key = line.path("key").asText();
            if (op(line, "order") && done(line)) {
                requests[0]++;
                waybills.add(line.path("answer").path("waybillNo").asText());
            } else if (op(line, "pickup") && done(line)) {
                requests[1]++;
                pickups.add(key);
            } else if (op(line, "scan")) {
                requests[2]++;
                if (line.path("status").asInt() / 100 == 2 && scans.add(key))
                    byCode.merge(line.path("body").path("opCode").asText(), 1, Integer::sum);
            }
        });
        counts.put("waybills", waybills.size()).put("pickups", pickups.size());
        counts.putObject("scans").put("pushed", scans.size()).set("byOpCode", Json.tree(byCode));
        traffic.put("waybillRequests", requests[0])
                .put("pickupRequests", requests[1])
                .put("scanPosts", requests[2]);
    }

    private void printer(ObjectNode counts, ObjectNode traffic) {
        Set<String> labels = new HashSet<>();
        int[] requests = new int[3];
        each("printer", line -> {
            if (!op(line, "label") || !done(line)) return;
            requests[0]++;
            if (line.path("body").path("copy").asBoolean()) requests[1]++;
            else if (!labels.add(line.path("key").asText())) requests[2]++;
        });
        counts.putObject("labels")
                .put("printed", labels.size())
                .put("copies", requests[1])
                .put("unmarkedRepeats", requests[2]);
        traffic.put("printJobs", requests[0]);
    }

    private void receipts(ObjectNode counts, ObjectNode traffic) {
        Set<String> good = new HashSet<>();
        Set<String> wrong = new HashSet<>();
        int[] pulls = new int[1];
        each("receipt85", line -> {
            boolean file = op(line, "file");
            if (!file && !op(line, "receipts") || !done(line)) return;
            if (!file) pulls[0]++;
            for (JsonNode row : line.path(file ? "body" : "answer").path("rows"))
                (row.path("receipt_err_code").asText().isEmpty() ? good : wrong)
                        .add(row.path("serialnumber").asText());
        });
        counts.putObject("receipts").put("good", good.size()).put("wrong", wrong.size());
        traffic.put("receiptPulls", pulls[0]);
    }

    private void inquiry(ObjectNode counts, ObjectNode traffic) {
        Set<String> opened = new TreeSet<>();
        Set<String> closed = new TreeSet<>();
        Set<String> reminders = new TreeSet<>();
        Map<String, Integer> byReason = new TreeMap<>();
        int[] requests = new int[1];
        each("inquiry", line -> {
            if (!done(line) || op(line, "reply")) return;
            requests[0]++;
            JsonNode body = line.path("body");
            String number = line.path("answer").path("chaseNo").asText();
            if (op(line, "chase") && opened.add(number))
                byReason.merge(body.path("reason").asText(), 1, Integer::sum);
            if (op(line, "remind")) reminders.add(body.path("externalRef").asText());
            if (op(line, "close")) closed.add(number);
        });
        ObjectNode chases = counts.putObject("chases");
        chases.put("opened", opened.size()).put("reminded", reminders.size()).put("closed", closed.size());
        chases.set("byReason", Json.tree(byReason));
        traffic.put("chasePosts", requests[0]);
    }

    private void tickets(ObjectNode counts, ObjectNode traffic) {
        Set<String> created = new HashSet<>();
        Set<String> comments = new HashSet<>();
        Set<String> closed = new HashSet<>();
        Map<String, Integer> byKind = new TreeMap<>();
        int[] requests = new int[1];
        each("ticket", line -> {
            if (!done(line)) return;
            requests[0]++;
            String key = line.path("key").asText();
            JsonNode fields = line.path("body").path("CustomFields");
            if (op(line, "ticket") && created.add(key))
                byKind.merge(fields.path("SongdaKind").asText(), 1, Integer::sum);
            if (op(line, "comment")) fields.path("SongdaEntry").forEach(entry -> comments.add(entry.asText()));
            if (op(line, "close")) closed.add(key);
        });
        ObjectNode tickets = counts.putObject("tickets");
        tickets.put("created", created.size()).put("entries", comments.size()).put("closed", closed.size());
        tickets.set("byKind", Json.tree(byKind));
        traffic.put("ticketPosts", requests[0]);
    }

    private void mails(ObjectNode counts, ObjectNode traffic) {
        Set<String> mails = new HashSet<>();
        int[] requests = new int[2];
        each("mail", line -> {
            requests[0]++;
            if (mails.add(line.path("key").asText()))
                requests[1] += items(line.path("body").path("subject").asText());
        });
        counts.putObject("mails").put("received", mails.size()).put("items", requests[1]);
        traffic.put("mailDeliveries", requests[0]);
    }

    /** A letter about several items begins its subject with their number. */
    private static int items(String subject) {
        String number = subject.replaceFirst("^(\\d+) 件.*$", "$1");
        return number.equals(subject) ? 1 : Integer.parseInt(number);
    }

    /** A digest carries several notices: {@code count} in its parameters. */
    private void messages(ObjectNode counts, ObjectNode traffic) {
        Set<String> seen = new HashSet<>();
        Map<String, Integer> by = new TreeMap<>();
        Set<String> reported = new HashSet<>();
        int[] requests = new int[2];
        each("sms", line -> {
            if (op(line, "report") && line.path("status").asInt() == 200)
                line.path("body").forEach(it -> reported.add(it.path("biz_id").asText()));
            if (!op(line, "sms") || !done(line)) return;
            requests[0]++;
            if (seen.add(line.path("key").asText())) {
                by.merge(line.path("body").path("TemplateCode").asText(), 1, Integer::sum);
                requests[1] +=
                        line.path("body").path("TemplateParam").path("count").asInt(1);
            }
        });
        counts.putObject("sms")
                .put("sent", seen.size())
                .put("notices", requests[1])
                .put("reported", reported.size())
                .set("byTemplateCode", Json.tree(by));
        traffic.put("smsPosts", requests[0]);
    }

    private void each(String partner, Consumer<JsonNode> reader) {
        Journal.read(folder.resolve(partner + ".jsonl"), reader);
    }

    private static boolean op(JsonNode line, String op) {
        return line.path("op").asText().equals(op);
    }

    /** Done by the partner, whether or not the hub saw the answer. */
    private static boolean done(JsonNode line) {
        String end = line.path("end").asText("");
        return line.path("status").asInt() / 100 == 2 && !UNDONE.contains(end);
    }
}
