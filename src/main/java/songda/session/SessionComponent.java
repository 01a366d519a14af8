package songda.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * {@code to: session:<system>} puts {@code session} beside what the message of a door holds: the one that this node has, or, where it has none and
 * at every attempt but the first, a new one. {@code from: session:<system>} is the route that logs in: it is given {@code {user, password}},
 * from {@code songda.<system>.user} and {@code .password}, and ends with {@code {session}}.
 */
@Component("session")
public final class SessionComponent extends DefaultComponent {

    private final Environment settings;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, LogInConsumer> doors = new ConcurrentHashMap<>();

    public SessionComponent(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String system, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        join(exchange, system);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new LogInConsumer(this, processor, system);
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private void join(Exchange exchange, String system) throws Exception {
        ObjectNode message = exchange.getMessage().getMandatoryBody(ObjectNode.class);
        boolean again = message.path("effect").path("attempt").asInt() > 1;
        LogInConsumer door = doors.get(system);
        if (door == null) {
            throw new IllegalStateException("no route from: session:" + system + " runs: write one that logs in");
        }
        String session = sessions.computeIfAbsent(system, s -> new Session()).get(again, door::logIn);
        exchange.getMessage()
                .setBody(JsonNodeFactory.instance
                        .objectNode()
                        .<ObjectNode>setAll(message)
                        .put("session", session));
    }

    private final class LogInConsumer extends DefaultConsumer {

        private final String system;

        LogInConsumer(Endpoint endpoint, Processor processor, String system) {
            super(endpoint, processor);
            this.system = system;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            doors.put(system, this);
        }

        @Override
        protected void doStop() throws Exception {
            doors.remove(system, this);
            super.doStop();
        }

        private String logIn() throws Exception {
            Exchange exchange = createExchange(true);
            try {
                exchange.getIn()
                        .setBody(JsonNodeFactory.instance
                                .objectNode()
                                .put("user", settings.getRequiredProperty("songda." + system + ".user"))
                                .put("password", settings.getRequiredProperty("songda." + system + ".password")));
                getProcessor().process(exchange);
                if (exchange.getException() != null) {
                    throw exchange.getException();
                }
                return exchange.getMessage()
                        .getMandatoryBody(JsonNode.class)
                        .path("session")
                        .asText();
            } finally {
                releaseExchange(exchange, true);
            }
        }
    }
}
