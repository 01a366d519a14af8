package songda.deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import songda.calendar.Calendars;
import songda.fact.Plan;
import songda.fact.Subject;

final class DeadlineEndpoint extends DefaultEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineEndpoint.class);
    private final DeadlineComponent component;
    private final String verb;
    private final String ladder;

    DeadlineEndpoint(String uri, DeadlineComponent component, String verb, String ladder) {
        super(uri, component);
        this.component = component;
        this.verb = verb;
        this.ladder = ladder;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                Plan plan = exchange.getProperty(Plan.PROPERTY, Plan.class);
                if (plan == null) {
                    throw new IllegalStateException(
                            getEndpointUri() + " stands outside a step: only a route from fact: may plan");
                }
                if (verb.equals("close")) {
                    plan.close(ladder);
                } else {
                    open(plan, component.ladders.get(ladder));
                }
            }
        };
    }

    private void open(Plan plan, Ladder ladder) {
        if (ladder.again() == Ladder.Again.RESTART) {
            plan.closeEarlier(ladder.name());
        }
        Calendars calendars = component.almanac.now();
        Instant from =
                ladder.fromRecorded() ? component.clock.instant() : plan.fact().at();
        Subject subject = plan.fact().subject();
        plan.open(ladder.rungs().stream()
                .map(rung -> opened(
                        ladder,
                        rung,
                        from,
                        rung.due(
                                from,
                                own(subject, rung.afterOf()),
                                own(subject, rung.cutoffOf()),
                                calendars,
                                subject.columns().destCounty())))
                .toList());
    }

    private static String own(Subject subject, String field) {
        return field == null ? null : subject.detail().path(field).asText(null);
    }

    private Plan.Rung opened(Ladder ladder, Ladder.Rung rung, Instant from, DueRule.Due due) {
        if (due.provisional() && component.provisional.add(ladder.name())) {
            LOG.warn(
                    "缺少年历，时限暂按星期计算 / a calendar is missing, deadlines are counted by the week: {} {}",
                    ladder.name(),
                    due.at());
        }
        return new Plan.Rung(
                ladder.name(),
                rung.name(),
                ladder.version(),
                from,
                due.at(),
                rung.reports(),
                rung.coveredBy(),
                due.provisional(),
                ladder.again() == Ladder.Again.KEEP);
    }

    /** {@code from: deadline:due}: each exchange carries the facts of one claimed batch, inside the transaction that claimed it. */
    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor) {
            private final List<Thread> pollers = new ArrayList<>();

            @Override
            protected void doStart() throws Exception {
                super.doStart();
                for (int i = 0; i < component.pollers; i++) {
                    Thread poller = new Thread(
                            () -> component.due.pollWhile(this::isRunAllowed, this::stepsRun, this::report),
                            "deadline-due-" + i);
                    poller.start();
                    pollers.add(poller);
                }
            }

            @Override
            protected void doStop() throws Exception {
                pollers.forEach(Thread::interrupt);
                for (Thread poller : pollers) {
                    poller.join(20_000);
                }
                pollers.clear();
                super.doStop();
            }

            /** Before all routes run and once they begin to stop, a step could be missing. */
            private boolean stepsRun() {
                return getEndpoint().getCamelContext().getStatus().isStarted();
            }

            private void report(com.fasterxml.jackson.databind.JsonNode facts) {
                Exchange exchange = createExchange(true);
                try {
                    exchange.getExchangeExtension().setTransacted(true);
                    exchange.getIn().setBody(facts);
                    getProcessor().process(exchange);
                    if (exchange.getException() != null) {
                        throw new IllegalStateException("due deadlines were not recorded", exchange.getException());
                    }
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    releaseExchange(exchange, true);
                }
            }
        };
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public boolean isRemote() {
        return false;
    }
}
