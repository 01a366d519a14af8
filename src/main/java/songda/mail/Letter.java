package songda.mail;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import songda.chart.Chart;
import songda.chart.CsvSheet;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * A letter as a mapping describes it: {@code {to, from, subject, id, blocks, attachments?}}. Each block is one of {@code {p}},
 * {@code {numbers: [{name, value, note?, alarm?}]}}, {@code {table: {head, rows}}}, {@code {chart: {title, kind, labels, series}}}; an
 * attachment is {@code {name, rows}}, a sheet. Text and HTML say the same, because both are written from the blocks.
 */
final class Letter {

    private static final String UTF8 = "UTF-8";
    private final JsonNode json;

    Letter(JsonNode json) {
        this.json = json;
    }

    /** @throws Refused where a field would break the head of the message, or is missing */
    HandedMessage compose() {
        try {
            HandedMessage message = new HandedMessage();
            message.setHeader("Message-ID", oneLine("/id", "id"));
            message.setFrom(address("from"));
            message.setRecipient(jakarta.mail.Message.RecipientType.TO, address("to"));
            message.setSubject(oneLine("/subject", "subject"), UTF8);
            message.setHeader("Content-Language", "zh-CN");
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setContent(content());
            return message;
        } catch (MessagingException e) {
            throw refused("", "邮件无法组成，请改映射 / the letter cannot be composed: mend the mapping");
        }
    }

    /** An address that is none is refused here: a mail server would only guess. */
    private InternetAddress address(String field) throws MessagingException {
        InternetAddress[] parsed = InternetAddress.parse(oneLine("/" + field, field), true);
        if (parsed.length != 1) {
            throw refused("/" + field, "应为一个邮箱地址 / one mail address");
        }
        parsed[0].validate();
        return parsed[0];
    }

    private String oneLine(String path, String field) {
        String value = json.path(field).asText();
        if (value.isBlank()) {
            throw refused(path, "缺少 / missing");
        }
        return oneLine(path, value, "");
    }

    /** A line break in the head of a message would start another field: {@code a@b.c\r\nBcc: x}. */
    private static String oneLine(String path, String value, String unless) {
        String text = value == null ? unless : value;
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw refused(path, "含有换行或控制字符 / a line break or a control character");
        }
        return text;
    }

    private static Refused refused(String path, String message) {
        return new Refused(
                Problem.of(422, "invalid-letter", "邮件不合要求", "The letter is wrong", new Problem.Field(path, message)));
    }

    private MimeMultipart content() throws MessagingException {
        List<MimeBodyPart> pictures = pictures();
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(text("plain", LetterText.of(json)));
        both.addBodyPart(text("html", LetterPage.of(json)));
        MimeMultipart shown = pictures.isEmpty() ? both : new MimeMultipart("related");
        if (!pictures.isEmpty()) {
            shown.addBodyPart(wrapped(both));
            for (MimeBodyPart picture : pictures) {
                shown.addBodyPart(picture);
            }
        }
        if (json.path("attachments").isEmpty()) {
            return shown;
        }
        MimeMultipart all = new MimeMultipart("mixed");
        all.addBodyPart(wrapped(shown));
        for (JsonNode attachment : json.path("attachments")) {
            all.addBodyPart(sheet(attachment));
        }
        return all;
    }

    private static MimeBodyPart wrapped(MimeMultipart parts) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(parts);
        return part;
    }

    private static MimeBodyPart text(String kind, String text) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF8, kind);
        return part;
    }

    private List<MimeBodyPart> pictures() throws MessagingException {
        List<MimeBodyPart> pictures = new ArrayList<>();
        for (JsonNode block : json.path("blocks")) {
            if (block.has("chart")) {
                MimeBodyPart part = new MimeBodyPart();
                part.setDataHandler(new jakarta.activation.DataHandler(
                        new ByteArrayDataSource(Chart.png(block.path("chart")), "image/png")));
                part.setContentID("<" + LetterPage.cid(pictures.size()) + ">");
                part.setDisposition(Part.INLINE);
                part.setFileName("chart-" + (pictures.size() + 1) + ".png");
                pictures.add(part);
            }
        }
        return pictures;
    }

    private static MimeBodyPart sheet(JsonNode attachment) throws MessagingException {
        String name = oneLine("/attachments/name", attachment.path("name").asText(null), "table.csv");
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new jakarta.activation.DataHandler(
                new ByteArrayDataSource(CsvSheet.of(attachment.path("rows")), "text/csv; charset=UTF-8")));
        part.setDisposition(Part.ATTACHMENT);
        try {
            part.setFileName(MimeUtility.encodeText(name, StandardCharsets.UTF_8.name(), "B"));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java knows UTF-8", e);
        }
        return part;
    }
}
