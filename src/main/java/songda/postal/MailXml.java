package songda.postal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a list of items out of XML without DOCTYPE: {@code <listexpressmail><…><mailnum>…</mailnum>…</…></listexpressmail>}. */
final class MailXml {

    private static final int DEEPEST = 16;
    private static final int LONGEST = 4096;
    private static final XMLInputFactory PARSERS = parsers();
    private final XMLStreamReader in;
    private int depth;
    /** Text outside the list that looks like XML itself, as the argument of a SOAP call. */
    private String within;

    private boolean isSoap;

    private MailXml(String text) throws XMLStreamException {
        this.in = PARSERS.createXMLStreamReader(new StringReader(text));
    }

    private static XMLInputFactory parsers() {
        XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        parsers.setProperty(XMLInputFactory.IS_COALESCING, true);
        return parsers;
    }

    static MailList read(String text) {
        try {
            MailXml outer = new MailXml(text);
            ArrayNode items = outer.list();
            if (items != null) {
                return new MailList(outer.isSoap ? MailList.Form.SOAP : MailList.Form.XML, items);
            }
            items = outer.within == null ? null : new MailXml(outer.within).list();
            if (items != null) {
                return new MailList(MailList.Form.SOAP, items);
            }
        } catch (XMLStreamException e) {
            throw MailList.unreadable("不是完整的 XML / is not well-formed XML");
        }
        throw MailList.unreadable("里面没有 " + MailList.NAME + " / there is no " + MailList.NAME + " in it");
    }

    /** All of the document is read, so that what is cut off is no list. Null if there is none. */
    private ArrayNode list() throws XMLStreamException {
        ArrayNode items = null;
        while (in.hasNext()) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT && in.getLocalName().equals(MailList.NAME)) {
                if (items != null) {
                    throw MailList.unreadable("有两个 " + MailList.NAME + " / there are two " + MailList.NAME);
                }
                isSoap = depth > 1;
                items = items();
            } else if (event == XMLStreamConstants.CHARACTERS
                    && in.getText().stripLeading().startsWith("<")) {
                within = in.getText().strip();
            }
        }
        return items;
    }

    private int next() throws XMLStreamException {
        int event = in.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw MailList.unreadable("不接受 DOCTYPE / DOCTYPE is refused");
        }
        depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        if (depth > DEEPEST) {
            throw MailList.unreadable("嵌套过深 / is nested too deep");
        }
        return event;
    }

    private ArrayNode items() throws XMLStreamException {
        ArrayNode items = MailList.none();
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                item(items.addObject());
            }
        }
        return items;
    }

    private void item(ObjectNode item) throws XMLStreamException {
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = in.getLocalName();
                if (item.has(name)) {
                    throw MailList.unreadable("一件里有重复的字段 / an item has a field twice");
                }
                item.put(name, value());
            }
        }
    }

    private String value() throws XMLStreamException {
        StringBuilder value = new StringBuilder();
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw MailList.unreadable("字段里还有元素 / a field has elements in it");
            }
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                value.append(in.getText());
            }
            if (value.length() > LONGEST) {
                throw MailList.unreadable("字段过长 / a field is too long");
            }
        }
        return value.toString().strip();
    }
}
