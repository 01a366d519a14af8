package songda.drop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.sshd.sftp.common.SftpException;
import songda.fact.FactIntake;
import songda.failure.Unmappable;
import songda.trace.Followed;

/** Takes in what the partner has dropped, and lets what is staged through its route: also while the partner is away. */
final class PiecesConsumer extends ScheduledPollConsumer implements Pieces.Route {

    private final DropEndpoint endpoint;
    private final Link link;
    private final Form form;
    private final Names names;
    private final Inbox inbox;
    private final Ends.Whole whole;

    PiecesConsumer(DropEndpoint endpoint, Processor processor, Form form, Names names, Inbox inbox, Ends.Whole whole) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.link = new Link(endpoint.remotes());
        this.form = form;
        this.names = names;
        this.inbox = inbox;
        this.whole = whole;
    }

    @Override
    protected int poll() throws Exception {
        // Before all routes run and once they begin to stop, a step could be missing.
        if (!endpoint.getCamelContext().getStatus().isStarted()) {
            return 0;
        }
        return readAll() + link.run(this::fetch) + readAll();
    }

    private int fetch(Remote remote) throws IOException {
        inbox.claim(remote);
        SftpException refused = null;
        for (Inbox.Claim claim : Inbox.claims(remote)) {
            try {
                stage(remote, claim);
            } catch (SftpException e) {
                // One that its server does not let us read: the others do not wait for it.
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
        return 0;
    }

    private void stage(Remote remote, Inbox.Claim claim) throws IOException {
        Staging staging = endpoint.drop().staging;
        if (isRunAllowed() && !staging.known(endpoint.system(), claim)) {
            staging.stage(endpoint.system(), claim, names, form, () -> remote.open(Inbox.TAKEN, claim.claimed()));
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        link.close();
    }

    private int readAll() {
        int read = 0;
        while (goesOn() && endpoint.drop().pieces.read(endpoint.system(), form, this)) {
            read++;
        }
        while (goesOn() && endpoint.drop().ends.end(endpoint.system(), form, whole, this)) {
            read++;
        }
        return read;
    }

    private boolean goesOn() {
        return isRunAllowed() && endpoint.getCamelContext().getStatus().isStarted();
    }

    @Override
    public String id() {
        return getRouteId();
    }

    @Override
    public String group() {
        return endpoint.system();
    }

    @Override
    public Pieces.Passed through(Object message, String correlation) {
        Exchange exchange = createExchange(false);
        try (Followed followed = Followed.message(correlation, null)) {
            exchange.getExchangeExtension().setTransacted(true);
            exchange.setProperty("correlation", correlation);
            exchange.setProperty("raw", raw(message));
            exchange.getIn().setBody(message);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return passed(exchange);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private static byte[] raw(Object message) {
        return message instanceof byte[] bytes ? bytes : message.toString().getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static Pieces.Passed passed(Exchange exchange) {
        String refusal = exchange.getMessage().getHeader("refusal", String.class);
        if (refusal != null) {
            return Pieces.Passed.refused(refusal);
        }
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught != null) {
            // Only this says nothing of what the message said.
            String why = caught instanceof Unmappable unmappable ? ": " + unmappable.getMessage() : "";
            return Pieces.Passed.aside("已留存待人处理 / kept for a person" + why);
        }
        List<FactIntake.Said> said = exchange.getProperty(FactIntake.SAID, List.of(), List.class);
        Object answer = exchange.getMessage().getBody();
        return new Pieces.Passed(
                count(said, "RECORDED"),
                count(said, "DUPLICATE"),
                0,
                count(said, "SET_ASIDE"),
                answer instanceof JsonNode json ? json.path("orderNo").asText(null) : null,
                null);
    }

    private static int count(List<FactIntake.Said> said, String outcome) {
        return (int) said.stream().filter(one -> one.outcome().equals(outcome)).count();
    }
}
