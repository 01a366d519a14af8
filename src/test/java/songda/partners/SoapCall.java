package songda.partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Calls the stand-in of the 85 system with code that is neither the hub's nor its own. */
final class SoapCall {

    static final Charset GB18030 = Charset.forName("GB18030");
    private final HttpClient http = HttpClient.newHttpClient();
    private final StandIns partners;
    private String session = "";

    SoapCall(StandIns partners) {
        this.partners = partners;
    }

    void logIn(String password) throws IOException, InterruptedException {
        session = read(send("<r:login><userName>songda</userName><password>" + password + "</password></r:login>"))
                .path("sessionId")
                .asText();
    }

    String session() {
        return session;
    }

    /** {@code {ret, total, pageNo, rows}}, or {@code {fault}} with its code. */
    ObjectNode page(String begin, String end, int page, int size) throws IOException, InterruptedException {
        return read(query(begin, end, page, size));
    }

    HttpResponse<byte[]> query(String begin, String end, int page, int size) throws IOException, InterruptedException {
        return send(
                ("<r:queryReceipt><orgCode>33000000</orgCode><beginTime>%s</beginTime><endTime>%s</endTime><pageNo>%d</pageNo>"
                                + "<pageSize>%d</pageSize></r:queryReceipt>")
                        .formatted(begin, end, page, size));
    }

    HttpResponse<byte[]> send(String content) throws IOException, InterruptedException {
        String envelope = "<?xml version=\"1.0\" encoding=\"GBK\"?><s:Envelope"
                + " xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:r=\"urn:cn:post:85:receipt\"><s:Header><r:sessionId>"
                + session + "</r:sessionId></s:Header><s:Body>" + content + "</s:Body></s:Envelope>";
        return http.send(
                HttpRequest.newBuilder(partners.at("receipt85", "/services/receipt"))
                        .header("Content-Type", "text/xml; charset=GBK")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(envelope.getBytes(GB18030)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    static ObjectNode read(HttpResponse<byte[]> response) throws IOException {
        Document document;
        try {
            document = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(new String(response.body(), GB18030))));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
        ObjectNode answer = StandIns.JSON.createObjectNode();
        NodeList faults = document.getElementsByTagNameNS("*", "Fault");
        if (faults.getLength() > 0) {
            NodeList codes = document.getElementsByTagName("code");
            return answer.put("fault", codes.getLength() > 0 ? codes.item(0).getTextContent() : "");
        }
        Element result = (Element) document.getElementsByTagName("result").item(0);
        var rows = answer.putArray("rows");
        for (Element field : elements(result)) {
            if (field.getTagName().equals("row")) {
                ObjectNode row = rows.addObject();
                elements(field).forEach(cell -> row.put(cell.getTagName(), cell.getTextContent()));
            } else {
                answer.put(field.getTagName(), field.getTextContent());
            }
        }
        return answer;
    }

    private static java.util.List<Element> elements(Element parent) {
        java.util.List<Element> elements = new java.util.ArrayList<>();
        for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
            if (parent.getChildNodes().item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
