package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** SOAP 1.1 as the 85 system speaks it: what it calls GBK is GB18030 on the wire, so that rare names survive. */
final class Soap {
    static final Charset GBK = Charset.forName("GB18030");
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String OURS = "urn:cn:post:85:receipt";

    private Soap() {}

    /** {@code {operation, session?, …}}: the name of what is asked, and its parameters. */
    static ObjectNode read(byte[] raw) throws IOException {
        Element envelope = parse(raw).getDocumentElement();
        if (!SOAP.equals(envelope.getNamespaceURI())) throw new IOException("no SOAP 1.1 envelope");
        ObjectNode request = Json.object();
        for (Element part = first(envelope); part != null; part = next(part)) {
            Element content = first(part);
            if (content == null) continue;
            if (part.getLocalName().equals("Header"))
                request.put("session", content.getTextContent().trim());
            else {
                request.put("operation", content.getLocalName());
                for (Element field = first(content); field != null; field = next(field))
                    request.put(field.getLocalName(), field.getTextContent().trim());
            }
        }
        return request;
    }

    private static Document parse(byte[] raw) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(new String(raw, GBK))));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not XML");
        }
    }

    private static Element first(Node parent) {
        return element(parent.getFirstChild());
    }

    private static Element next(Node before) {
        return element(before.getNextSibling());
    }

    private static Element element(Node node) {
        while (node != null && !(node instanceof Element)) node = node.getNextSibling();
        return (Element) node;
    }

    /** An answer, or with {@code fault} in it {@code {fault, code, message}} a Fault. */
    static String envelope(String operation, JsonNode answer) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("soap", "Envelope", SOAP);
            xml.writeNamespace("soap", SOAP);
            xml.writeNamespace("r", OURS);
            xml.writeStartElement("soap", "Body", SOAP);
            if (answer.has("fault")) fault(xml, answer);
            else {
                xml.writeStartElement("r", operation + "Response", OURS);
                xml.writeStartElement("result");
                fields(xml, answer);
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void fault(XMLStreamWriter xml, JsonNode fault) throws XMLStreamException {
        xml.writeStartElement("soap", "Fault", SOAP);
        leaf(xml, "faultcode", "soap:" + fault.path("fault").asText());
        leaf(xml, "faultstring", fault.path("message").asText());
        if (fault.has("code")) {
            xml.writeStartElement("detail");
            xml.writeStartElement("r", "fault", OURS);
            leaf(xml, "code", fault.path("code").asText());
            leaf(xml, "message", fault.path("message").asText());
            xml.writeEndElement();
            xml.writeEndElement();
        }
    }

    private static void fields(XMLStreamWriter xml, JsonNode object) throws XMLStreamException {
        for (var field : object.properties()) {
            if (!field.getValue().isArray())
                leaf(xml, field.getKey(), field.getValue().asText());
            for (JsonNode row : field.getValue()) {
                xml.writeStartElement("row");
                fields(xml, row);
                xml.writeEndElement();
            }
        }
    }

    private static void leaf(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
