package songda.printer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import songda.label.Labels;

/** {@code to: printer:job}: what the mapping says is drawn and printed; the body becomes what was printed where. */
@Component("printer")
public final class PrinterComponent extends DefaultComponent {

    private final Press press;
    private final PrinterList printers;

    /** @param sendingFor after which an attempt is taken for that of a dead node: whoever waits for a turn gives up long before */
    PrinterComponent(
            Labels labels,
            Environment settings,
            @Value("${songda.mappings:mappings}") String mappings,
            @Value("${songda.door.sending-for:PT60S}") Duration sendingFor) {
        this.printers = new PrinterList(list(Path.of(mappings)), settings::getProperty);
        this.press = new Press(labels, printers::now, Press::machine, sendingFor.dividedBy(4));
    }

    private static Path list(Path mappings) {
        return mappings.resolve("directory").resolve("printers.csv");
    }

    /**
     * From now on the list stands here.
     *
     * @param mappings the folder that has {@code directory}
     * @throws IllegalArgumentException when the list is broken; then the former stays in force
     */
    public void from(Path mappings) {
        printers.from(list(mappings));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("job")) {
            throw new IllegalArgumentException(
                    uri + ": write printer:job; printers stand in mappings/directory/printers.csv");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        exchange.getIn().setBody(press.print(exchange.getIn().getMandatoryBody(JsonNode.class)));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("a printer takes jobs, it sends none");
            }
        };
    }
}
