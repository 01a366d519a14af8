package partners;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The hub's reply to a file of orders: {@code <reply verdict><order no place outcome orderNo?>…}. */
final class OrderReply {
    private OrderReply() {}

    /** The orders that are taken, now or before. */
    static List<String> taken(String xml) {
        List<String> taken = new ArrayList<>();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext())
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("order")
                        && List.of("TAKEN", "SEEN").contains(reader.getAttributeValue(null, "outcome")))
                    taken.add(reader.getAttributeValue(null, "orderNo"));
        } catch (XMLStreamException e) {
            System.err.println("[partners] a reply of the hub is no XML: " + e.getMessage());
        }
        return taken;
    }
}
