package songda.sms;

import com.aliyun.dysmsapi20170525.Client;
import com.aliyun.dysmsapi20170525.models.QuerySendDetailsRequest;
import com.aliyun.dysmsapi20170525.models.QuerySendDetailsResponseBody;
import com.aliyun.dysmsapi20170525.models.QuerySendDetailsResponseBody.QuerySendDetailsResponseBodySmsSendDetailDTOsSmsSendDetailDTO;
import com.aliyun.dysmsapi20170525.models.SendSmsRequest;
import com.aliyun.dysmsapi20170525.models.SendSmsResponseBody;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaUnretryableException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The provider's client, asked once for each call: it tries nothing again on its own, since a second SendSms is a second message. What it
 * answers is {@code {code, message, …}}, whether it came with 200 or as an error; what is no answer of it is an {@link IOException}.
 */
final class Aliyun {

    private static final int CONNECT_MILLIS = 5000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int CONNECTIONS = 20;
    /** The provider's own limit. */
    private static final long PAGE = 50;
    /** A thousand messages to one phone on one day: what lies behind is not known. */
    private static final int PAGES = 20;

    private static final Pattern CODE = Pattern.compile("(?!null$)[A-Za-z][A-Za-z0-9._-]{2,63}");

    private final Client client;
    private final RuntimeOptions options = new RuntimeOptions()
            .setAutoretry(false)
            .setMaxAttempts(1)
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(ANSWER_MILLIS)
            .setMaxIdleConns(CONNECTIONS);

    Aliyun(AliyunAccount account) {
        try {
            client = new Client(new Config()
                    .setEndpoint(account.endpoint())
                    .setProtocol(account.protocol())
                    .setAccessKeyId(account.keyId())
                    .setAccessKeySecret(account.keySecret()));
            client.addRuntimeOptionsInterceptor(new OnceOnly(account.protocol() + "://" + account.endpoint()));
        } catch (Exception e) {
            throw new IllegalStateException("songda.sms.*: the provider's client cannot be made", e);
        }
    }

    private interface Call {
        ObjectNode answered() throws Exception;
    }

    /** HTTP, and not with one of the provider's codes: somebody in between. */
    static final class Status extends IOException {

        private static final long serialVersionUID = 1L;
        private final int code;

        Status(int code) {
            super("HTTP " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * @param message {@code {phone, signName, template, params: {…}, outId}}
     * @return {@code {code, message?, bizId?, requestId?}}
     */
    ObjectNode send(JsonNode message) throws IOException {
        SendSmsRequest request = new SendSmsRequest()
                .setPhoneNumbers(message.path("phone").asText())
                .setSignName(message.path("signName").asText())
                .setTemplateCode(message.path("template").asText())
                .setTemplateParam(message.path("params").toString())
                .setOutId(message.path("outId").asText());
        return call(() -> {
            SendSmsResponseBody body =
                    client.sendSmsWithOptions(request, options).getBody();
            return answer(body.getCode(), body.getMessage(), body.getRequestId())
                    .put("bizId", body.getBizId());
        });
    }

    /**
     * All pages of what was sent to a phone on a day.
     *
     * @param question {@code {phone, sendDate, bizId?}}
     * @return {@code {code, message?, totalCount, details: [{outId, sendStatus, sendDate, errCode?}]}}; fewer details than totalCount where there
     *     were too many
     */
    ObjectNode details(JsonNode question) throws IOException {
        ObjectNode all = page(question, 1);
        ArrayNode details = all.withArray("details");
        for (long page = 2;
                page <= PAGES && details.size() < all.path("totalCount").asLong();
                page++) {
            ObjectNode next = page(question, page);
            if (!next.path("code").asText().equals("OK") || next.path("details").isEmpty()) {
                return next;
            }
            next.path("details").forEach(details::add);
        }
        return all;
    }

    private ObjectNode page(JsonNode question, long number) throws IOException {
        QuerySendDetailsRequest request = new QuerySendDetailsRequest()
                .setPhoneNumber(question.path("phone").asText())
                .setSendDate(question.path("sendDate").asText())
                .setPageSize(PAGE)
                .setCurrentPage(number);
        return call(() -> {
            QuerySendDetailsResponseBody body =
                    client.querySendDetailsWithOptions(request, options).getBody();
            ObjectNode answer = answer(body.getCode(), body.getMessage(), body.getRequestId());
            if (body.getTotalCount() == null || body.getSmsSendDetailDTOs() == null) {
                return answer;
            }
            answer.put("totalCount", Long.parseLong(body.getTotalCount()));
            ArrayNode details = answer.putArray("details");
            list(body).forEach(sent -> details.addObject()
                    .put("outId", sent.getOutId())
                    .put("sendStatus", sent.getSendStatus())
                    .put("sendDate", sent.getSendDate())
                    .put("errCode", sent.getErrCode()));
            return answer;
        });
    }

    private static List<QuerySendDetailsResponseBodySmsSendDetailDTOsSmsSendDetailDTO> list(
            QuerySendDetailsResponseBody body) {
        var details = body.getSmsSendDetailDTOs().getSmsSendDetailDTO();
        return details == null ? List.of() : details;
    }

    private static ObjectNode answer(String code, String message, String requestId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", message)
                .put("requestId", requestId);
    }

    private static ObjectNode call(Call call) throws IOException {
        try {
            return call.answered();
        } catch (TeaUnretryableException e) {
            throw unanswered(e);
        } catch (TeaException e) {
            return refused(e);
        } catch (Exception e) {
            throw unanswered(e);
        }
    }

    /** An error with a code of the provider is its answer, too; the client says "null" where there is none. */
    private static ObjectNode refused(TeaException e) throws IOException {
        if (e.getStatusCode() != null
                && e.getCode() != null
                && CODE.matcher(e.getCode()).matches()) {
            return answer(e.getCode(), e.getMessage(), null);
        }
        throw e.getStatusCode() != null && e.getStatusCode() >= 400 ? new Status(e.getStatusCode()) : unanswered(e);
    }

    /** The client's own wrapping says nothing, and its words may quote the message. */
    private static IOException unanswered(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException network) {
                return network;
            }
        }
        return new IOException("no answer of the SMS provider: " + e.getClass().getSimpleName());
    }
}
