package songda.gov;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.HubTest;
import songda.clock.HubClock;

/** Orders that come by the exchange table, in a database of its own. */
class ExchangeTableTest extends HubTest {

    private JdbcClient table;

    @Autowired
    void exchange(@Qualifier("gov-exchange") DataSource exchange) {
        table = JdbcClient.create(exchange);
    }

    private Map<String, Object> row(String orderNo) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("no", "row-" + orderNo);
        row.put("ems_ord_no", orderNo);
        row.put("internal_no", "330109261123000017");
        row.put("zwfwzx_code", "3301090001");
        row.put("net_type", "02");
        row.put("buss_type", "2");
        row.put("send_name", "周敏");
        row.put("send_prov", "浙江省");
        row.put("send_city", "杭州市");
        row.put("send_country", "萧山区");
        row.put("send_strect", "金城路 528 号");
        row.put("send_call", "0571-82898888");
        row.put("rcv_name", "张小三");
        row.put("rcv_prov", "浙江省");
        row.put("rcv_city", "杭州市");
        row.put("rcv_country", "330110");
        row.put("rcv_strect", "余杭区文一西路 969 号 3 幢 201 室");
        row.put("rcv_phone", "13812345678");
        row.put("item", "营业执照");
        row.put("deptno", "11330109MB1A2B3C4H");
        row.put("orgname", "萧山区行政服务中心");
        row.put("receipt_type", "PHYSICAL");
        row.put("declared_value", new java.math.BigDecimal("1230.00"));
        row.put(
                "sendtime",
                java.sql.Timestamp.valueOf(
                        HubClock.local(clock.instant()).substring(0, 19).replace('T', ' ')));
        return row;
    }

    private void insert(Map<String, Object> row) {
        table.sql("insert into inf_apply_wlxx (" + String.join(",", row.keySet()) + ") values ("
                        + row.keySet().stream().map(c -> ":" + c).collect(Collectors.joining(",")) + ")")
                .params(row)
                .update();
    }

    /** {@code sign error} */
    private String told(String orderNo) {
        return table.sql(
                        "select sync_sign || coalesce(' ' || sync_error_desc, '') from inf_apply_wlxx where ems_ord_no = ?")
                .param(orderNo)
                .query(String.class)
                .single();
    }

    private long orders(String orderNo) {
        return count("select count(*) from orders where order_no = ?", orderNo);
    }

    @Test
    void a_row_is_the_same_fact_as_a_request() {
        String byRequest = walked();
        String byRow = newOrderNo();
        insert(row(byRow));
        awaiting(() -> assertThat(told(byRow)).isEqualTo("1"));
        String same =
                """
                select concat_ws(' ', county, dest_county, payer, receipt, service,
                                 detail -> 'caseNo', detail -> 'office', detail -> 'promise', trim_scale((detail ->> 'declaredValue')::numeric))
                from orders where order_no = ?""";
        assertThat(db.sql(same).param(byRow).query(String.class).single())
                .isEqualTo(db.sql(same).param(byRequest).query(String.class).single());
        // And it goes the same way: a waybill number, a label.
        awaiting(() -> assertThat(
                        count("select count(*) from orders where order_no = ? and waybill_no is not null", byRow))
                .isOne());
    }

    @Test
    void a_wrong_row_is_told_what_is_wrong_and_taken_once_it_is_mended() {
        String orderNo = newOrderNo();
        Map<String, Object> row = row(orderNo);
        row.put("rcv_phone", "1381234");
        row.put("deptno", "11330109MB1A2B3C4J");
        insert(row);
        awaiting(() -> assertThat(told(orderNo))
                .startsWith("2 /office/creditCode 校验码不符")
                .contains("/recipient/phone 应为大陆手机")
                .doesNotContain("1381234"));
        assertThat(orders(orderNo)).isZero();
        table.sql(
                        "update inf_apply_wlxx set rcv_phone = '13812345678', deptno = '11330109MB1A2B3C4H', sync_sign = '0', sync_date = null where ems_ord_no = ?")
                .param(orderNo)
                .update();
        awaiting(() -> assertThat(told(orderNo)).isEqualTo("1"));
        assertThat(orders(orderNo)).isOne();
    }

    @Test
    void a_row_that_another_node_has_in_hand_is_left_to_it_for_a_minute() {
        String leased = newOrderNo();
        Map<String, Object> row = row(leased);
        row.put("sync_date", java.sql.Timestamp.valueOf(now().toLocalDateTime().minusSeconds(20)));
        insert(row);
        String given = newOrderNo();
        Map<String, Object> left = row(given);
        left.put("sync_date", java.sql.Timestamp.valueOf(now().toLocalDateTime().minusSeconds(61)));
        insert(left);
        awaiting(() -> assertThat(told(given)).isEqualTo("1"));
        assertThat(told(leased)).isEqualTo("0");
        assertThat(orders(leased)).isZero();
    }

    private java.sql.Timestamp now() {
        return table.sql("select cast(now() as timestamp)")
                .query(java.sql.Timestamp.class)
                .single();
    }

    @Test
    void a_row_that_was_recorded_but_not_told_is_one_order() {
        String orderNo = newOrderNo();
        insert(row(orderNo));
        awaiting(() -> assertThat(told(orderNo)).isEqualTo("1"));
        table.sql("update inf_apply_wlxx set sync_sign = '0', sync_date = null where ems_ord_no = ?")
                .param(orderNo)
                .update();
        awaiting(() -> assertThat(told(orderNo)).isEqualTo("1"));
        assertThat(orders(orderNo)).isOne();
    }

    @Test
    void a_number_that_comes_with_another_content_is_told() {
        String orderNo = newOrderNo();
        insert(row(orderNo));
        awaiting(() -> assertThat(told(orderNo)).isEqualTo("1"));
        table.sql("update inf_apply_wlxx set rcv_name = '李四', sync_sign = '0', sync_date = null where ems_ord_no = ?")
                .param(orderNo)
                .update();
        awaiting(() -> assertThat(told(orderNo)).startsWith("2 ").contains("/").doesNotContain("李四"));
        assertThat(orders(orderNo)).isOne();
    }
}
