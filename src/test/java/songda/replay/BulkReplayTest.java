package songda.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many letters, at their pace. */
class BulkReplayTest extends LetterTest {

    /** @return the letters of one cause, all about nobody's waybills */
    private List<String> asides(String code, int letters) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < letters; i++) {
            ids.add(aside(scan("98000%08d".formatted(i), code, "2026-11-24 15:21:00")));
        }
        return ids;
    }

    private int calls(List<String> orders) {
        return orders.stream()
                .mapToInt(no -> PARTNERS.calls("/gov/status", no).size())
                .sum();
    }

    /** Ten scans for each of fifty orders; one in ten was pushed before, and one cause in three is in another table. */
    @Test
    void five_hundred_letters_of_three_kinds_arrive_once_when_the_mapping_is_mended() {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            orders.add(ordered());
        }
        orders.forEach(no -> awaiting(() -> assertThat(facts(no)).contains("pickup.requested")));
        orders.forEach(no -> awaiting(() -> assertThat(effects(no)).allMatch(e -> e.endsWith("ACCEPTED"))));
        String[] causes = new String[3];
        for (String no : orders) {
            String waybill = waybill(no);
            for (int i = 0; i < 10; i++) {
                int kind = i % 3;
                ObjectNode scan =
                        scan(waybill, kind == 0 ? "B01" : "303", "2026-11-24 15:2%d:00".formatted(i == 9 ? 0 : i));
                if (kind == 1) {
                    scan.put("signer", "Q");
                } else if (kind == 2) {
                    scan.put("reasonCode", "Q9");
                }
                causes[kind] = print(aside(scan));
            }
        }
        int before = calls(orders);
        mend("codes.csv", "B01,parcel.in-transit,新的操作码");
        mend("signer.csv", "Q,某人");
        mend("reason.csv", "Q9,新的原因,");
        long[] letters = {200, 150, 150};
        JsonNode forecast = post("desk", REPLAYS + "/forecast", "{\"fingerprint\":\"" + causes[0] + "\"}")
                .json();
        assertThat(forecast.path("letters").asInt()).isEqualTo(200);
        assertThat(forecast.at("/recorded/0/count").asInt()).isEqualTo(150);
        assertThat(forecast.at("/duplicate/0/count").asInt()).isEqualTo(50);
        assertThat(forecast.path("failing")).isEmpty();
        assertThat(calls(orders)).isEqualTo(before);
        refused(start("\"fingerprint\":\"" + causes[0] + "\"", 199, 1000), 409, "letter-count");
        for (int kind = 0; kind < 3; kind++) {
            String job = started(causes[kind], letters[kind], 1000);
            done(job);
            assertThat(job(job).path("replayed").asLong()).isEqualTo(letters[kind]);
            assertThat(job(job).path("failed").asLong()).isZero();
        }
        // The office hears of each distinct scan once.
        awaiting(() -> assertThat(calls(orders) - before).isEqualTo(450));
        orders.forEach(no -> awaiting(() -> assertThat(effects(no)).noneMatch(e -> e.startsWith("gov-send-status:P"))));
        assertThat(calls(orders) - before).isEqualTo(450);

        refused(start("\"fingerprint\":\"" + causes[0] + "\"", 200, 1000), 409, "letter-count");
        // As after a restore of an older copy: what the letters say is known, and nothing goes a second time.
        int reopened = db.sql(
                        "update dead_letter set state = 'OPEN' where state = 'REPLAYED' and fingerprint in (?, ?, ?)")
                .params(causes[0], causes[1], causes[2])
                .update();
        assertThat(reopened).isEqualTo(500);
        long effects = count("select count(*) from effect");
        for (int kind = 0; kind < 3; kind++) {
            String job = started(causes[kind], letters[kind], 1000);
            done(job);
            assertThat(job(job).path("replayed").asLong()).isEqualTo(letters[kind]);
        }
        assertThat(count("select count(*) from effect")).isEqualTo(effects);
        assertThat(calls(orders) - before).isEqualTo(450);
    }

    @Test
    void a_bulk_replay_keeps_its_pace_pauses_goes_on_and_can_be_cancelled() {
        String print = print(asides("B02", 12).get(0));
        long began = System.nanoTime();
        String job = started(print, 12, 10);
        awaiting(() -> assertThat(job(job).path("failed").asInt()).isGreaterThanOrEqualTo(6));
        assertThat(System.nanoTime() - began).isGreaterThan(500_000_000L);
        JsonNode paused = post("desk", REPLAYS + "/" + job + "/pause", WHY).json();
        assertThat(paused.path("state").asText()).isEqualTo("PAUSED");
        refused(start("\"fingerprint\":\"" + print + "\"", 12, 10), 409, "replay-running");
        refused(post("desk", REPLAYS + "/" + job + "/pause", WHY), 409, "replay-state");
        // Another one begins and ends meanwhile.
        done(started(print(asides("B03", 3).get(0)), 3, 100));
        assertThat(job(job)).isEqualTo(paused);
        post("desk", REPLAYS + "/" + job + "/resume", WHY);
        JsonNode cancelled = post("desk", REPLAYS + "/" + job + "/cancel", WHY).json();
        assertThat(cancelled.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(cancelled.path("settledAt").isNull()).isFalse();
        refused(post("desk", REPLAYS + "/" + job + "/resume", WHY), 409, "replay-state");
        String next = started(print, 12, 1000);
        done(next);
        assertThat(job(next).path("failed").asInt()).isEqualTo(12);
        assertThat(count("select count(*) from audit where detail ->> 'job' = ?", job))
                .isEqualTo(4);
    }

    @Test
    void another_node_takes_over_when_the_first_has_been_silent() {
        String print = print(asides("B04", 40).get(0));
        String job = started(print, 40, 20);
        awaiting(() -> assertThat(job(job).path("failed").asInt()).isPositive());
        db.sql("update replay_job set node = ?, seen_at = now() where id = ?")
                .params(UUID.randomUUID(), Long.parseLong(job))
                .update();
        int theirs = job(job).path("failed").asInt();
        done(started(print(asides("B05", 2).get(0)), 2, 100));
        assertThat(job(job).path("failed").asInt()).isEqualTo(theirs);
        db.sql("update replay_job set seen_at = now() - interval '1 minute', rate = 1000 where id = ?")
                .param(Long.parseLong(job))
                .update();
        done(job);
        assertThat(job(job).path("failed").asInt()).isEqualTo(40);
    }

    @Test
    void a_group_is_dropped_with_its_count_and_a_reason() {
        String print = print(asides("B06", 3).get(0));
        String drop = "{\"fingerprint\":\"" + print + "\",\"count\":%d,\"reason\":\"测试报文，不需要\"}";
        refused(post("desk", LETTERS + "/drop", drop.formatted(2)), 409, "letter-count");
        assertThat(get("desk", LETTERS + "?fingerprint=" + print)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(3);
        assertThat(post("desk", LETTERS + "/drop", drop.formatted(3))
                        .json()
                        .path("dropped")
                        .asInt())
                .isEqualTo(3);
        assertThat(get("desk", LETTERS + "?state=DROPPED&fingerprint=" + print)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(3);
        refused(start("\"fingerprint\":\"" + print + "\"", 3, 10), 409, "letter-count");
    }

    @Test
    void only_the_desk_may_and_only_with_a_reason() {
        refused(post("ems", REPLAYS, "{\"door\":\"x\",\"count\":1,\"reason\":\"编码表已补上\"}"), 403, "desk-only");
        assertThat(post("desk", REPLAYS, "{\"door\":\"x\",\"count\":1}").status())
                .isEqualTo(422);
        refused(post("ems", LETTERS + "/1/replay", "{\"dryRun\":true,\"reason\":\"编码表已补上\"}"), 403, "desk-only");
        refused(get("ems", REPLAYS), 403, "desk-only");
    }
}
