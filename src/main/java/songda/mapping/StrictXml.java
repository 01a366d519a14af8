package songda.mapping;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.sax.SAXSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** XML without DOCTYPE, external access or unbounded depth. */
final class StrictXml {

    private static final String LIMIT = "http://www.oracle.com/xml/jaxp/properties/";
    private static final SAXParserFactory PARSERS = parsers();

    private StrictXml() {}

    static SAXSource source(byte[] xml) {
        return new SAXSource(reader(), new InputSource(new ByteArrayInputStream(xml)));
    }

    static SAXSource source(Path file) {
        return new SAXSource(reader(), new InputSource(file.toUri().toString()));
    }

    private static XMLReader reader() {
        try {
            SAXParser parser = PARSERS.newSAXParser();
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            parser.setProperty(LIMIT + "maxElementDepth", "64");
            parser.setProperty(LIMIT + "elementAttributeLimit", "100");
            return parser.getXMLReader();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this Java cannot harden its XML parser", e);
        }
    }

    private static SAXParserFactory parsers() {
        try {
            var factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            return factory;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this Java cannot harden its XML parser", e);
        }
    }
}
