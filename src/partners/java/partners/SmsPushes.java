package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the SMS provider pushes to the hub: receipts (SmsReport) and what recipients write (SmsUp), to the address that ends in the token that
 * the hub gave it. Receipts go in batches, in any order, and each batch holds one of the former batch again.
 */
final class SmsPushes {
    private static final Duration CARRIER = Duration.ofSeconds(8);
    private final Journal journal;
    private final Pushes pushes;
    private final HubTimer timer;
    private final HubTime time;
    private final String token;
    private final JsonNode failing;
    private final ConcurrentLinkedQueue<ObjectNode> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong sequence = new AtomicLong(System.currentTimeMillis());
    private final Random random = new Random(7);
    private ObjectNode last;

    /** @param failing phone to the code of the carrier, for those who get nothing */
    SmsPushes(Journal journal, Pushes pushes, HubTimer timer, HubTime time, String token, JsonNode failing) {
        this.journal = journal;
        this.pushes = pushes;
        this.timer = timer;
        this.time = time;
        this.token = token;
        this.failing = failing;
    }

    /** A message was taken: its receipt follows when the carrier has had its time. */
    void sent(Sms.Sent sent) {
        Instant now = time.now();
        if (now == null) return;
        String code = failing.path(sent.phone()).asText("DELIVERED");
        waiting.add(Json.object()
                .put("phone_number", sent.phone())
                .put("send_time", local(now))
                .put("report_time", local(now.plus(CARRIER)))
                .put("success", code.equals("DELIVERED"))
                .put("err_code", code)
                .put("err_msg", code.equals("DELIVERED") ? "用户接收成功" : "未送达")
                .put("sms_size", "1")
                .put("biz_id", sent.bizId())
                .put("out_id", sent.outId()));
        timer.at(now.plus(CARRIER), "sms reports", this::report);
    }

    private void report() {
        List<ObjectNode> batch = new ArrayList<>();
        for (ObjectNode one = waiting.poll(); one != null && batch.size() < 100; one = waiting.poll()) batch.add(one);
        if (batch.isEmpty()) return;
        ObjectNode newest = batch.get(batch.size() - 1);
        if (last != null) batch.add(last);
        Collections.shuffle(batch, random);
        ArrayNode list = Json.object().putArray("list");
        list.addAll(batch);
        last = newest;
        untilTaken("report", list);
    }

    /** What a recipient writes. */
    void up(String phone, String text) {
        ArrayNode list = Json.object().putArray("list");
        list.addObject()
                .put("phone_number", phone)
                .put("send_time", local(time.now()))
                .put("content", text)
                .put("sign_name", "浙江政务服务")
                .put("dest_code", "1069000")
                .put("sequence_id", String.valueOf(sequence.incrementAndGet()));
        untilTaken("up", list);
    }

    /** One try with whatever list. @param what reports or inbound @return the status, 0 without an answer */
    int once(String what, JsonNode list) {
        return pushes.onceUnsigned(
                journal, address(what), what.equals("reports") ? "report" : "up", "", Json.bytes(list));
    }

    private void untilTaken(String what, ArrayNode list) {
        String key = what.equals("up") ? list.path(0).path("sequence_id").asText() : String.valueOf(list.size());
        pushes.untilTakenUnsigned(journal, address(what.equals("up") ? "inbound" : "reports"), what, key, list);
    }

    private String address(String what) {
        return "/api/sms/" + what + "/" + token;
    }

    private static String local(Instant at) {
        return Receipt85.SECONDS.format(at.atZone(HubTime.ZONE));
    }
}
