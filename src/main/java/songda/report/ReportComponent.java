package songda.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import songda.kpi.KpiMonths;

/** {@code to: report:day}, {@code report:due}, {@code report:patrol}, {@code report:calendar}, {@code report:sample?percent=20}: the body becomes the facts that the hub reports about itself, or none. {@code report:since?of=ticket}: it becomes
 * {@code {since?}}, up to when that system has been read. {@code report:history}: the message of a door about {@code day.counted} gets {@code
 * days}, the numbers of two weeks, and {@code counties}, those of the day. {@code report:freeze}: months whose KPIs are all judged are frozen. {@code
 * report:visits}: how often each unit was visited, in this month and the one before. */
public final class ReportComponent extends DefaultComponent {

    private static final Set<String> KINDS =
            Set.of("day", "due", "patrol", "calendar", "sample", "since", "history", "freeze", "visits");
    /** Set by {@code quartz:}. */
    private static final String PLANNED = "scheduledFireTime";

    private final Reports reports;
    private final KpiMonths months;

    public ReportComponent(Reports reports, KpiMonths months) {
        this.reports = reports;
        this.months = months;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!KINDS.contains(remaining)) {
            throw new IllegalArgumentException(uri + ": write report: and one of " + KINDS);
        }
        int percent = percent(uri, remaining, parameters.remove("percent"));
        String of = String.valueOf(parameters.remove("of"));
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        Date planned = exchange.getIn().getHeader(PLANNED, Date.class);
                        exchange.getIn()
                                .setBody(
                                        switch (remaining) {
                                            case "since" -> reports.since(of);
                                            case "history" ->
                                                reports.history(exchange.getIn().getBody(ObjectNode.class));
                                            case "freeze" -> months.freeze();
                                            case "visits" -> reports.visits();
                                            default -> facts(remaining, percent, planned);
                                        });
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("report: answers, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private static int percent(String uri, String kind, Object percent) {
        boolean right = kind.equals("sample") ? String.valueOf(percent).matches("[1-9][0-9]?|100") : percent == null;
        if (!right) {
            throw new IllegalArgumentException(uri + ": write percent: 1 to 100, with report:sample only");
        }
        return percent == null ? 0 : Integer.parseInt(percent.toString());
    }

    private ArrayNode facts(String kind, int percent, Date planned) {
        return switch (kind) {
            case "day" -> reports.day();
            case "due" -> reports.due(planned.toInstant());
            case "patrol" -> reports.patrol();
            case "sample" -> reports.sample(percent);
            default -> reports.calendar();
        };
    }
}
