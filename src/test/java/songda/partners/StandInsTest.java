package songda.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.EmsForm;

class StandInsTest {
    private static final String ORDER =
            "[{\"logisticsOrderNo\":\"ZW1\",\"receiver\":{\"prov\":\"浙江省\",\"city\":\"杭州市\",\"county\":\"余杭区\"}}]";
    private static final String CHASE =
            "{\"externalRef\":\"r\",\"waybillNo\":\"1272448151316\",\"reason\":\"NO_INFO\",\"level\":1,\"text\":\"陆演一\"}";

    @TempDir
    Path folder;

    private FakeHub hub;
    private StandIns partners;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub(keys(), 1, post -> post % 10 == 3);
        partners = StandIns.start(folder.resolve("journal"), hub.address(), keys());
    }

    @AfterEach
    void stop() throws InterruptedException {
        partners.close();
        hub.close();
    }

    private Path keys() {
        return folder.resolve("partners.json");
    }

    @Test
    void the_jar_holds_no_class_but_its_own() throws IOException {
        try (JarFile jar = new JarFile(StandIns.JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith("partners/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path"))
                    .doesNotContain("songda")
                    .doesNotContain("classes");
        }
    }

    @Test
    void an_order_keeps_its_waybill_number_over_a_kill() throws Exception {
        String first = waybill();
        partners.kill();
        partners = StandIns.start(folder.resolve("journal"), hub.address(), keys());
        assertThat(waybill()).isEqualTo(first);
        assertThat(partners.journal("postal")).hasSize(2);
    }

    private String waybill() throws Exception {
        return partners.ems("020003", ORDER).path("waybillNo").asText();
    }

    private JsonNode said(String apiCode, String json) throws Exception {
        return StandIns.body(partners.post("postal", "/f/amp/api/open", EmsForm.of(apiCode, json)));
    }

    @Test
    void the_post_takes_an_order_back_until_it_is_scanned_and_tells_track_label_and_fees() throws Exception {
        String number = waybill();
        String item = "{\"waybillNo\":\"" + number + "\"}";
        assertThat(said("040001", item).path("retBody").asText()).isEqualTo("无查询信息");
        assertThat(said("040001", "{\"waybillNo\":\"1\"}").path("retBody").asText())
                .isEqualTo("无邮件信息");
        String label = "{\"waybillNo\":\"" + number + "\",\"type\":\"149\",\"getURL\":\"1\",\"isReturn\":\"1\"}";
        assertThat(said("010004", label).path("retBody").asText()).endsWith("/149/" + number + "/return.pdf");
        String far = "{\"weight\":1500,\"senderInfo\":{\"prov\":\"浙江省\"},\"receiveInfo\":{\"prov\":\"上海市\"}}";
        assertThat(partners.ems("050005", far).path("totalFee").asText()).isEqualTo("20.00");
        assertThat(said("050001", item).path("retBody").asText()).isEqualTo("无邮件信息");

        partners.control(
                "/control/postal/scan",
                "{\"waybillNo\":\"" + number + "\",\"opCode\":\"203\",\"opTime\":\"2026-11-23 15:00:00\"}");
        assertThat(said("020006", "{\"logisticsOrderNo\":\"ZW1\"}")
                        .path("retCode")
                        .asText())
                .isEqualTo("B0410");
        assertThat(partners.ems("040001", item).path("responseItems")).hasSize(1);
        assertThat(partners.ems("050001", item).path("postageTotal").asText()).isEqualTo("12.50");

        assertThat(said("020006", "{\"logisticsOrderNo\":\"ZW2\"}")
                        .path("retCode")
                        .asText())
                .isEqualTo("B0404");
        String other = partners.ems("020003", ORDER.replace("ZW1", "ZW2"))
                .path("waybillNo")
                .asText();
        assertThat(said("020006", "{\"logisticsOrderNo\":\"ZW2\"}")
                        .path("retCode")
                        .asText())
                .isEqualTo("00000");
        assertThat(said("020010", "{\"waybillNo\":\"" + other + "\"}")
                        .path("retCode")
                        .asText())
                .isEqualTo("B0404");
    }

    @Test
    void the_post_s_older_forms_give_the_same_number_and_refuse_a_wrong_signature() throws Exception {
        String number = waybill();
        String oms = "{\"OrderNormal\":{\"logistics_order_no\":\"ZW1\",\"receiver\":{\"prov\":\"浙江省\"}}}";
        String signature =
                base64(HexFormat.of().formatHex(sha256(oms + "stand-in")).getBytes(StandardCharsets.US_ASCII));
        String form = "apiCode=oms_ordercreate_waybillno&logistics_interface=" + encoded(oms) + "&signature=";
        assertThat(StandIns.body(partners.post("postal", "/oms", form + encoded(signature)))
                        .path("waybill_no")
                        .asText())
                .isEqualTo(number);
        assertThat(partners.post("postal", "/oms", form + "wrong").statusCode()).isEqualTo(400);

        String router = "{\"orderNo\":\"ZW1\",\"receiver\":{\"prov\":\"浙江省\"}}";
        String sign = base64(sha256("app_keyk" + "orderNormal" + router + "size" + "stand-in"));
        form = "app_key=k&orderNormal=" + encoded(router) + "&size=&sign=";
        JsonNode answer = StandIns.body(partners.post("postal", "/router", form + encoded(sign)));
        assertThat(answer.path("success").asText()).isEqualTo("T");
        assertThat(answer.path("mailNo").asText()).isEqualTo(number);
        assertThat(partners.post("postal", "/router", form + "wrong").statusCode())
                .isEqualTo(400);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_older_push_is_sent_as_it_is_asked_for() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> partners.control("/health").path("hub").asBoolean());
        JsonNode sent = partners.control(
                "/control/postal/mails",
                "{\"items\":[{\"mailnum\":\"1272448151316\",\"orgfullname\":\"余杭五常揽投部\",\"effect\":\"0\"}],\"form\":\"soap\",\"charset\":\"GBK\"}");
        assertThat(sent.path("status").asInt()).isEqualTo(200);
        assertThat(hub.mails)
                .singleElement()
                .asString()
                .startsWith("stand-in <?xml version=\"1.0\" encoding=\"GBK\"?><soapenv:Envelope")
                .contains("<mailnum>1272448151316</mailnum><orgfullname>余杭五常揽投部</orgfullname><effect>0</effect>");
        assertThat(partners.journal("postal").get(0).path("op").asText()).isEqualTo("mails");
    }

    @Test
    void a_dropped_answer_leaves_the_deed_in_the_journal() throws Exception {
        partners.control("/control/inquiry/behave", "{\"mode\":\"drop-answer\",\"count\":1}");
        assertThatThrownBy(() -> partners.post("inquiry", "/chases", CHASE)).isInstanceOf(IOException.class);
        assertThat(partners.post("inquiry", "/chases", CHASE).statusCode()).isEqualTo(200);
        List<JsonNode> lines = partners.journal("inquiry");
        assertThat(lines.get(0).path("end").asText()).isEqualTo("dropped");
        assertThat(lines.get(1).has("end")).isFalse();
        assertThat(lines.get(1).path("body").path("text").asText()).isEqualTo("陆演一");
        assertThat(partners.control("/summary")
                        .path("counts")
                        .path("chases")
                        .path("opened")
                        .asInt())
                .isEqualTo(1);
        assertThat(partners.control("/summary")
                        .path("traffic")
                        .path("chasePosts")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_broken_partner_says_500_or_garbage_or_nothing() throws Exception {
        partners.control("/control/inquiry/behave", "{\"mode\":\"http500\",\"count\":1}");
        assertThat(partners.post("inquiry", "/chases", CHASE).statusCode()).isEqualTo(500);
        partners.control("/control/inquiry/behave", "{\"mode\":\"garbage\",\"count\":1}");
        assertThat(partners.post("inquiry", "/chases", CHASE).body()).doesNotContain("{");
        partners.control("/control/inquiry/behave", "{\"mode\":\"down\"}");
        assertThatThrownBy(() -> partners.post("inquiry", "/chases", CHASE)).isInstanceOf(IOException.class);
        partners.control("/control/inquiry/behave", "{\"mode\":\"ok\"}");
        assertThat(partners.post("inquiry", "/chases", CHASE).statusCode()).isEqualTo(200);
    }

    @Test
    void each_partner_stops_and_starts_alone_on_its_port() throws Exception {
        partners.control("/control/ticket/stop", "{}");
        assertThatThrownBy(() -> partners.get("ticket", "/REST/2.0/tickets")).isInstanceOf(ConnectException.class);
        assertThat(partners.post("inquiry", "/chases", CHASE).statusCode()).isEqualTo(200);
        partners.control("/control/ticket/start", "{}");
        assertThat(partners.get("ticket", "/REST/2.0/tickets").statusCode()).isEqualTo(401);
        for (String partner : List.of("printer", "mail")) {
            partners.control("/control/" + partner + "/stop", "{}");
            assertThatThrownBy(() -> FakeHub.print(partners.port(partner), "1", false))
                    .isInstanceOf(ConnectException.class);
            partners.control("/control/" + partner + "/start", "{}");
        }
        FakeHub.print(partners.port("printer"), "1", false);
    }

    @Test
    void one_chase_is_open_for_a_waybill_and_reason() throws Exception {
        String chase = "{\"externalRef\":\"r\",\"waybillNo\":\"1272448151316\",\"reason\":\"NO_INFO\",\"level\":1}";
        assertThat(partners.post("inquiry", "/chases/remind", chase).statusCode())
                .isEqualTo(404);
        JsonNode first = StandIns.body(partners.post("inquiry", "/chases", chase));
        JsonNode again = StandIns.body(partners.post("inquiry", "/chases", chase));
        assertThat(again.path("chaseNo")).isEqualTo(first.path("chaseNo"));
        assertThat(StandIns.body(partners.post("inquiry", "/chases/remind", chase))
                        .path("reminderNo")
                        .asText())
                .endsWith("-1");
        partners.post("inquiry", "/chases/close", chase);
        JsonNode next = StandIns.body(partners.post("inquiry", "/chases", chase));
        assertThat(next.path("chaseNo")).isNotEqualTo(first.path("chaseNo"));
    }

    @Test
    void the_inquiry_platform_replies_in_an_open_case_of_an_item_or_a_bag() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> partners.control("/health").path("hub").asBoolean());
        String note = "{\"externalRef\":\"r\",\"bagNo\":\"B0571-1\",\"reason\":\"BAG_MISMATCH\"}";
        JsonNode opened = StandIns.body(partners.post("inquiry", "/chases", note));
        assertThat(StandIns.body(partners.get("inquiry", "/chases?bagNo=B0571-1&reason=BAG_MISMATCH"))
                        .at("/chases/0/chaseNo"))
                .isEqualTo(opened.path("chaseNo"));
        String wanted =
                "{\"bagNo\":\"B0571-1\",\"reason\":\"BAG_MISMATCH\",\"result\":\"SETTLED\",\"nextDue\":\"2026-11-24 18:00:00\"}";
        assertThat(partners.control("/control/inquiry/reply", wanted)
                        .path("status")
                        .asInt())
                .isEqualTo(200);
        assertThat(hub.replies).singleElement().satisfies(reply -> {
            assertThat(reply.path("chaseNo")).isEqualTo(opened.path("chaseNo"));
            assertThat(reply.path("result").asText()).isEqualTo("SETTLED");
            assertThat(reply.path("text").asText()).isNotEmpty();
        });
        assertThat(hub.wrongs).isEmpty();
        assertThat(partners.post("control", "/control/inquiry/reply", "{\"waybillNo\":\"1\",\"reason\":\"NO_INFO\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(partners.journal("inquiry"))
                .extracting(line -> line.path("op").asText())
                .containsExactly("chase", "query", "reply");
    }

    @Test
    void the_printer_reads_number_and_copy_mark() throws Exception {
        FakeHub.print(partners.port("printer"), "1272448151316", false);
        FakeHub.print(partners.port("printer"), "1272448151316", true);
        assertThat(partners.journal("printer"))
                .extracting(line -> line.path("key").asText() + " "
                        + line.path("body").path("copy").asBoolean())
                .containsExactly("1272448151316 false", "1272448151316 true");
        JsonNode labels = partners.control("/summary").path("counts").path("labels");
        assertThat(labels.toString()).isEqualTo("{\"printed\":1,\"copies\":1,\"unmarkedRepeats\":0}");
    }

    @Test
    void a_mail_is_in_the_journal_when_the_sender_has_its_250() throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", String.valueOf(partners.port("mail")));
        MimeMessage mail = new MimeMessage(Session.getInstance(settings));
        mail.setFrom(new InternetAddress("hub@example.invalid"));
        mail.setRecipients(Message.RecipientType.TO, "hangzhou@example.invalid,ningbo@example.invalid");
        mail.setSubject("三级预案 / level 3", "UTF-8");
        mail.setText("请处理", "UTF-8");
        Transport.send(mail);
        List<JsonNode> lines = partners.journal("mail");
        assertThat(lines)
                .extracting(line -> line.path("body").path("to").asText())
                .containsExactlyInAnyOrder("hangzhou@example.invalid", "ningbo@example.invalid");
        assertThat(lines.get(0).path("body").path("subject").asText()).isEqualTo("三级预案 / level 3");
        assertThat(lines.get(0).path("body").path("text").asText()).contains("请处理");
    }

    @Test
    void receipts_of_the_sms_provider_go_to_the_address_with_the_token() throws Exception {
        JsonNode said = partners.control(
                "/control/sms/reports", "[{\"success\":true,\"out_id\":\"1-2/accepted\",\"biz_id\":\"B\"}]");
        assertThat(said.path("status").asInt()).isEqualTo(200);
        assertThat(hub.sms).extracting(it -> it.path("out_id").asText()).containsExactly("1-2/accepted");
        assertThat(partners.control("/summary")
                        .path("counts")
                        .path("sms")
                        .path("reported")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void pushed_orders_are_signed_distinct_and_retried_until_taken() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> partners.control("/health").path("hub").asBoolean());
        JsonNode result = partners.control(
                "/control/gov/push", "{\"count\":300,\"prefix\":\"PUSH\",\"connections\":4,\"retries\":9}");
        assertThat(result.path("accepted").asInt()).isEqualTo(300);
        assertThat(result.path("failed").asInt()).isZero();
        assertThat(hub.orders).hasSize(300).containsKeys("PUSH00000001", "PUSH00000300");
        assertThat(hub.wrongs).isEmpty();
        assertThat(partners.control("/summary")
                        .path("counts")
                        .path("orders")
                        .path("accepted")
                        .asInt())
                .isEqualTo(300);
    }

    @Test
    void the_same_orders_can_be_pushed_again() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> partners.control("/health").path("hub").asBoolean());
        String wanted = "{\"count\":5,\"prefix\":\"AGAIN\",\"retries\":9,\"orderedAt\":\"2026-11-23T08:00:00+08:00\"}";
        partners.control("/control/gov/push", wanted);
        JsonNode again = partners.control("/control/gov/push", wanted);
        assertThat(again.path("duplicate").asInt()).isEqualTo(5);
        assertThat(hub.orders).hasSize(5);
        assertThat(hub.wrongs).isEmpty();
    }

    @Test
    void the_fake_hub_refuses_what_is_not_signed() throws Exception {
        HttpRequest unsigned = HttpRequest.newBuilder(hub.address().resolve("/api/v1/orders"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(unsigned, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
    }

    private SoapCall loggedIn() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !partners.control("/health").path("hubTime").isNull());
        SoapCall call = new SoapCall(partners);
        call.logIn("stand-in");
        return call;
    }

    @Test
    void a_row_shows_in_the_windows_that_cover_it() throws Exception {
        SoapCall call = loggedIn();
        String row = "{\"mail_num\":\"1272448151316\",\"op_time\":\"2026-11-23 09:30:00\",\"signer_name\":\"䶮㙍𠮷\"}";
        partners.control("/control/receipt85/row", row);
        JsonNode page = call.page("2026-11-23 09:30:00", "2026-11-23 10:00:00", 1, 200);
        assertThat(page.path("total").asInt()).isEqualTo(1);
        assertThat(page.at("/rows/0/signer_name").asText()).isEqualTo("䶮㙍𠮷");
        assertThat(call.page("2026-11-23 09:31:00", "2026-11-23 10:00:00", 1, 200)
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(call.page("2026-11-23 09:00:00", "2026-11-23 10:00:00", 2, 200)
                        .path("rows"))
                .isEmpty();
    }

    @Test
    void the_85_system_wants_its_callers_logged_in_and_their_parameters_right() throws Exception {
        SoapCall stranger = new SoapCall(partners);
        assertThat(stranger.page("2026-11-23 09:00:00", "2026-11-23 10:00:00", 1, 200)
                        .path("fault")
                        .asText())
                .isEqualTo("1002");
        stranger.logIn("guessed");
        assertThat(stranger.session()).isEmpty();
        SoapCall call = loggedIn();
        for (Object[] wrong :
                new Object[][] {{"yesterday", 1, 200}, {"2026-11-23 09:00:00", 0, 200}, {"2026-11-23 09:00:00", 1, 201}
                }) {
            assertThat(call.page((String) wrong[0], "2026-11-23 10:00:00", (int) wrong[1], (int) wrong[2])
                            .path("fault")
                            .asText())
                    .isEqualTo("1004");
        }
        partners.control("/control/receipt85/behave", "{\"mode\":\"says\",\"what\":\"session-expired\",\"count\":1}");
        for (int i = 0; i < 2; i++) {
            assertThat(call.page("2026-11-23 09:00:00", "2026-11-23 10:00:00", 1, 200)
                            .path("fault")
                            .asText())
                    .isEqualTo("1002");
        }
        call.logIn("stand-in");
        assertThat(call.page("2026-11-23 09:00:00", "2026-11-23 10:00:00", 1, 200)
                        .path("ret")
                        .asText())
                .isEqualTo("0");
    }

    @Test
    void the_85_system_misbehaves_in_each_way_that_it_knows() throws Exception {
        SoapCall call = loggedIn();
        partners.control(
                "/control/receipt85/row",
                "{\"mail_num\":\"1\",\"op_time\":\"2026-11-23 09:30:00\",\"signer_name\":\"䶮\"}");
        assertThat(spoiled(call, "maintenance").body())
                .asString(SoapCall.GB18030)
                .contains("<ret>9001</ret>");
        assertThat(spoiled(call, "busy").body()).asString(SoapCall.GB18030).contains("<ret>9002</ret>");
        assertThat(spoiled(call, "fault").statusCode()).isEqualTo(500);
        assertThat(spoiled(call, "html").headers().firstValue("Content-Type")).contains("text/html; charset=GBK");
        assertThat(spoiled(call, "empty").body()).isEmpty();
        assertThat(spoiled(call, "truncated").body()).asString(SoapCall.GB18030).doesNotContain("</soap:Envelope>");
        assertThat(spoiled(call, "doctype").body()).asString(SoapCall.GB18030).contains("<!DOCTYPE");
        assertThat(spoiled(call, "utf8").body())
                .asString(StandardCharsets.UTF_8)
                .contains("成功", "䶮");
        assertThat(spoiled(call, "gb2312").headers().firstValue("Content-Type")).contains("text/xml; charset=GB2312");
        assertThat(spoiled(call, "no-charset").headers().firstValue("Content-Type"))
                .contains("text/xml");
        assertThat(partners.journal("receipt85"))
                .extracting(line -> line.path("end").asText(""))
                .contains("maintenance", "html", "truncated", "utf8");
        assertThat(partners.get("receipt85", "/services/receipt?wsdl").body()).contains("queryReceiptResponse");
    }

    private HttpResponse<byte[]> spoiled(SoapCall call, String what) throws Exception {
        partners.control("/control/receipt85/behave", "{\"mode\":\"says\",\"what\":\"" + what + "\",\"count\":1}");
        return call.query("2026-11-23 09:00:00", "2026-11-23 10:00:00", 1, 200);
    }

    @Test
    void what_cannot_be_read_is_answered_no_and_kept() throws Exception {
        assertThat(partners.post("postal", "/f/amp/api/open", "no form").statusCode())
                .isEqualTo(400);
        HttpResponse<String> fault = partners.post("receipt85", "/services/receipt", "no envelope");
        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body()).contains("<code>1004</code>");
        assertThat(partners.journal("postal").get(0).path("body").asText()).isEqualTo("no form");
        assertThat(partners.journal("receipt85").get(0).path("body").asText()).isEqualTo("no envelope");
        assertThat(partners.control("/summary").path("counts").path("waybills").asInt())
                .isZero();
    }

    @Test
    void quitting_writes_the_summary() throws Exception {
        waybill();
        partners.control("/control/quit", "{}");
        assertThat(partners.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(partners.process().exitValue()).isZero();
        assertThat(partners.summaryFile().path("counts").path("waybills").asInt())
                .isEqualTo(1);
    }

    @Test
    void the_stand_ins_end_with_their_parent() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        try (StandIns child = StandIns.start(
                folder.resolve("child"), hub.address(), keys(), "--parent", String.valueOf(parent.pid()))) {
            assertThat(child.process().isAlive()).isTrue();
            parent.destroyForcibly();
            assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
