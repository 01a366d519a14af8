package songda.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.TestUsers;
import songda.watch.Desk;
import songda.watch.Ports;

/** The board beside a million orders of which a hundred thousand are chased. Minutes, so of profile long. */
@Tag("long")
class BoardSizeIT extends HubTest {

    private static final int TIMES = 21;

    @Autowired
    Ports ports;

    private Desk desk;

    private HttpResponse<String> search(String wanted) {
        return desk.post(
                "/board/api/search",
                "{\"q\":\"" + wanted + "\"}",
                "Content-Type",
                "application/json",
                "X-XSRF-TOKEN",
                desk.cookie("XSRF-TOKEN"));
    }

    /** @return the middle and the longest of some, in ms */
    private static long[] took(String what, Supplier<HttpResponse<String>> asked) {
        long[] all = IntStream.range(0, TIMES)
                .mapToLong(i -> {
                    long began = System.nanoTime();
                    assertThat(asked.get().statusCode()).isEqualTo(200);
                    return (System.nanoTime() - began) / 1_000;
                })
                .sorted()
                .toArray();
        System.out.printf(
                "board %s: median %.1f ms, longest %.1f ms%n", what, all[TIMES / 2] / 1e3, all[TIMES - 1] / 1e3);
        return new long[] {all[TIMES / 2] / 1_000, all[TIMES - 1] / 1_000};
    }

    @Test
    void a_waybill_is_found_among_a_million_and_a_hundred_thousand_chases_are_a_page() {
        String model = ordered();
        db.sql(
                        """
                        insert into orders (id, client, order_no, body_hash, waybill_no, county, dest_county, payer, receipt, service, stage, stage_at,
                          receipt_stage, receipt_at, anomaly, anomaly_at, detail, recipient_name, recipient_phone, recipient_address, sender_name, sender_phone,
                          sender_address, phone_hash, phone_tail_hash, received_at)
                        select 5000000000 + n, client, 'SIZE' || n, body_hash, 'SZ' || lpad(n::text, 11, '0'), (330101 + n % 90)::text, dest_county, payer, receipt, service,
                          'DELIVERED', stage_at, case when n % 10 = 0 then 'OVERDUE' else 'RETURNED' end, hub_now() - n % 200 * interval '1 hour', 'NONE', 'epoch',
                          detail, recipient_name, recipient_phone, recipient_address, sender_name, sender_phone, sender_address, phone_hash,
                          decode(md5((n % 10000)::text), 'hex'), received_at
                        from orders, generate_series(1, 1000000) n where order_no = ?""")
                .param(model)
                .update();
        db.sql("vacuum analyze orders").update();
        desk = new Desk(ports.admin());
        desk.login(TestUsers.VIEWER, TestUsers.PASSWORD);
        desk.get("/board/api/me");
        assertThat(search("SZ00000777777").body()).contains("SIZE777777");
        assertThat(took("search by waybill", () -> search("SZ00000777777"))[1]).isLessThanOrEqualTo(300);
        assertThat(took("search by order number", () -> search("SIZE123456"))[1])
                .isLessThanOrEqualTo(300);
        assertThat(took("search by four digits", () -> search("1234"))[1]).isLessThanOrEqualTo(300);
        assertThat(took("page of chases", () -> desk.get("/board/api/chases"))[0])
                .isLessThanOrEqualTo(300);
        assertThat(took("page of one county", () -> desk.get("/board/api/chases?county=330109"))[0])
                .isLessThanOrEqualTo(300);
        assertThat(took("counts of chases", () -> desk.get("/board/api/overview"))[0])
                .isLessThanOrEqualTo(1_000);
        assertThat(desk.get("/board/api/chases").body()).contains("\"next\":\"");
    }
}
