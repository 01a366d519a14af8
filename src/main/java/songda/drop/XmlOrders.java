package songda.drop;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.XMLEvent;

/** The children of a document's root, each as a document of its own in UTF-8. All of a document is read before any of it counts. */
final class XmlOrders {

    private static final Pattern DECLARED =
            Pattern.compile("^(?:\\xEF\\xBB\\xBF)?<\\?xml[^>]{0,100}encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,20})[\"']");
    private static final int DEEPEST = 64;
    private static final int MOST_ORDERS = 10_000;
    private static final XMLInputFactory READERS = readers();
    private static final XMLOutputFactory WRITERS = writers();

    private XmlOrders() {}

    /** @throws FileRefused the document cannot be read to its end */
    static List<byte[]> of(byte[] xml) {
        if (xml.length == 0) {
            throw new FileRefused(Fault.EMPTY);
        }
        try {
            List<byte[]> orders = cut(READERS.createXMLEventReader(new StringReader(text(xml))));
            if (orders.isEmpty()) {
                throw new FileRefused(Fault.NO_ORDER);
            }
            return orders;
        } catch (XMLStreamException e) {
            throw new FileRefused(Fault.NOT_XML);
        }
    }

    private static List<byte[]> cut(XMLEventReader events) throws XMLStreamException {
        List<byte[]> orders = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        XMLEventWriter order = null;
        int depth = 0;
        while (events.hasNext()) {
            XMLEvent event = events.nextEvent();
            if (event.getEventType() == XMLEvent.DTD) {
                throw new FileRefused(Fault.DOCTYPE);
            }
            if (event.isStartElement() && ++depth > DEEPEST) {
                throw new FileRefused(Fault.NOT_XML);
            }
            if (event.isStartElement() && depth == 2) {
                order = WRITERS.createXMLEventWriter(bytes, "UTF-8");
            }
            if (order != null && (event.isStartElement() || event.isEndElement() || event.isCharacters())) {
                order.add(event);
            }
            if (event.isEndElement() && depth-- == 2) {
                order.close();
                order = null;
                orders.add(bytes.toByteArray());
                bytes.reset();
            }
            if (orders.size() > MOST_ORDERS) {
                throw new FileRefused(Fault.TOO_MANY);
            }
        }
        return orders;
    }

    /** As it declares itself; GBK where it says nothing, since that is agreed on. */
    private static String text(byte[] xml) {
        Matcher declared = DECLARED.matcher(new String(xml, 0, Math.min(xml.length, 200), StandardCharsets.ISO_8859_1));
        String name = declared.find() ? declared.group(1).toUpperCase(Locale.ROOT) : "GBK";
        boolean utf8 = name.equals("UTF-8") || name.equals("UTF8");
        if (!utf8 && !name.matches("GBK|GB2312|GB18030|GB_2312-80|CP936")) {
            throw new FileRefused(Fault.CHARSET);
        }
        Charset charset = utf8 ? StandardCharsets.UTF_8 : FramedLines.GBK;
        Utf8Look look = new Utf8Look();
        look.see(xml, 0, xml.length);
        if (!utf8 && look.isUtf8()) {
            throw new FileRefused(Fault.CHARSET);
        }
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FileRefused(Fault.CHARSET);
        }
    }

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    private static XMLOutputFactory writers() {
        XMLOutputFactory factory = XMLOutputFactory.newDefaultFactory();
        factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
        return factory;
    }
}
