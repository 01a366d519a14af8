package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.lib.ResourceResolver;
import net.sf.saxon.s9api.Destination;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.trans.XPathException;
import org.xml.sax.SAXParseException;

/**
 * XML to JSON, JSON to XML or XML to XML by {@code map.xsl} (XSLT 3.0). A stylesheet with a global parameter
 * {@code json} reads JSON: it gets the text there and starts at {@code xsl:initial-template}. Output method
 * {@code json} gives JSON, others text.
 */
final class XsltTranslator implements Translator {

    private static final QName JSON = new QName("json");
    private static final QName START = new QName("http://www.w3.org/1999/XSL/Transform", "initial-template");
    private static final Pattern READS_JSON = Pattern.compile("<xsl:param\\s+name=\"json\"");

    private final XsltExecutable map;
    private final Place place;
    private final boolean readsJson;
    private final boolean writesJson;

    private XsltTranslator(XsltExecutable map, Place place, boolean readsJson) {
        this.map = map;
        this.place = place;
        this.readsJson = readsJson;
        this.writesJson = "json"
                .equals(map.getUnderlyingCompiledStylesheet()
                        .getPrimarySerializationProperties()
                        .getProperty("method"));
    }

    static XsltTranslator compile(Path file, Place place, Tables tables, Refusals refusals) {
        Processor processor = processor(place, tables, refusals);
        List<XmlProcessingError> errors = new ArrayList<>();
        XsltCompiler compiler = processor.newXsltCompiler();
        compiler.setErrorReporter(error -> {
            if (!error.isWarning()) {
                errors.add(error);
            }
        });
        compiler.setResourceResolver(inside(place, tables));
        try {
            String text = Files.readString(file);
            tables.prepare(text, place.shown(file));
            XsltExecutable map = compiler.compile(StrictXml.source(file));
            return new XsltTranslator(map, place, READS_JSON.matcher(text).find());
        } catch (SaxonApiException e) {
            throw broken(file, place, errors, e);
        } catch (IOException e) {
            throw new MappingBroken(place.shown(file), "cannot be read: " + e.getMessage());
        }
    }

    private static Processor processor(Place place, Tables tables, Refusals refusals) {
        Processor processor = new Processor(false);
        // No doc(), unparsed-text() or collection() reaches anything, no second output document, no program built from
        // data.
        processor.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "");
        processor.setConfigurationProperty(Feature.DISABLE_XSL_EVALUATE, true);
        processor.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        processor.getUnderlyingConfiguration().setResourceResolver(XsltTranslator::nothing);
        Words.of(place, tables, refusals).forEach(w -> processor.registerExtensionFunction(new XsltWord(w)));
        return processor;
    }

    private static javax.xml.transform.Source nothing(net.sf.saxon.lib.ResourceRequest request) throws XPathException {
        throw new XPathException("a mapping reads nothing but its message and its tables");
    }

    /** {@code xsl:import} and {@code xsl:include} may name files of the mappings, and nothing else. */
    private static ResourceResolver inside(Place place, Tables tables) {
        return request -> {
            URI uri = URI.create(request.uri);
            if (!"file".equals(uri.getScheme())) {
                return nothing(request);
            }
            Path file = place.within(Path.of(uri), place.shown());
            try {
                tables.prepare(Files.readString(file), place.shown(file));
            } catch (IOException e) {
                throw new XPathException("there is no " + place.shown(file));
            }
            return StrictXml.source(file);
        };
    }

    private static MappingBroken broken(Path file, Place place, List<XmlProcessingError> errors, SaxonApiException e) {
        if (errors.isEmpty()) {
            return new MappingBroken(place.shown(file), e.getLineNumber(), e.getMessage());
        }
        XmlProcessingError first = errors.get(0);
        String module = first.getModuleUri();
        Path where = module != null && module.startsWith("file:") ? Path.of(URI.create(module)) : file;
        return new MappingBroken(place.shown(where), first.getLocation().getLineNumber(), first.getMessage());
    }

    @Override
    public boolean readsXml() {
        return !readsJson;
    }

    @Override
    public Object translate(JsonNode message) {
        return run((t, out) -> {
            t.setStylesheetParameters(Map.of(JSON, new XdmAtomicValue(StrictJson.write(message))));
            t.callTemplate(START, out);
        });
    }

    @Override
    public Object translate(byte[] xml) {
        return run((t, out) -> t.transform(StrictXml.source(xml), out));
    }

    private interface Step {
        void run(Xslt30Transformer transformer, Destination out) throws SaxonApiException;
    }

    private Object run(Step step) {
        var text = new StringWriter();
        Xslt30Transformer transformer = map.load30();
        // Both would print the message's values to the terminal.
        transformer.setErrorReporter(error -> {});
        transformer.setMessageHandler(message -> {});
        try {
            step.run(transformer, transformer.newSerializer(text));
        } catch (SaxonApiException e) {
            throw breach(e);
        }
        return writesJson ? StrictJson.read(text.toString()) : text.toString();
    }

    private Breach breach(SaxonApiException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof Breach breach) {
                return breach;
            }
            if (e instanceof SAXParseException bad) {
                return notXml(bad);
            }
        }
        return Breach.ours(place.shown() + "/map.xsl:" + failure.getLineNumber()
                + ": this instruction met a value that it cannot take");
    }

    private static Breach notXml(SAXParseException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("DOCTYPE")) {
            return StrictJson.unreadable("DOCTYPE", "不接受 DOCTYPE / DOCTYPE is refused");
        }
        String at = " (line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ")";
        return message.contains("JAXP")
                ? StrictJson.unreadable(
                        "over the limits of a message", "XML 过深或过大" + at + " / XML too deep or too large" + at)
                : StrictJson.unreadable("not valid XML", "不是有效的 XML" + at + " / not well-formed XML" + at);
    }
}
