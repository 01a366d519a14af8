package songda.route;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.model.Model;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.calendar.Almanac;
import songda.check.Check;
import songda.clock.HubClock;
import songda.deadletter.DeadLetterComponent;
import songda.deadletter.DeadLetters;
import songda.deadline.DeadlineComponent;
import songda.deadline.DueDeadlines;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.door.AskComponent;
import songda.door.DoorComponent;
import songda.door.DoorStaff;
import songda.door.QuietHours;
import songda.fact.FactCatalogue;
import songda.fact.FactComponent;
import songda.fact.FactIntake;
import songda.fact.Steps;
import songda.failure.RefusalComponent;
import songda.kpi.KpiMonths;
import songda.kpi.KpiWindow;
import songda.order.OrderComponent;
import songda.order.OrderPages;
import songda.order.OrdersBeside;
import songda.report.ReportComponent;
import songda.report.Reports;
import songda.signature.NonceStore;

/** The words of a route file as Camel components: a bean's name is its URI scheme. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    @Bean
    FactCatalogue factCatalogue(@Value("${songda.routes}") Path routes) {
        return FactCatalogue.read(routes.resolve("facts.yaml"));
    }

    @Bean
    Almanac almanac(@Value("${songda.mappings}") Path mappings) {
        return new Almanac(mappings.resolve("calendar"));
    }

    @Bean
    Ladders ladders(@Value("${songda.routes}") Path routes, FactCatalogue catalogue, Almanac almanac) {
        return Ladders.read(routes.resolve("ladder"), catalogue, almanac.now());
    }

    @Bean
    Directory directory(@Value("${songda.mappings}") Path mappings) {
        return Directory.read(mappings.resolve("directory").resolve("contacts.csv"));
    }

    @Bean("fact")
    FactComponent factComponent(Steps steps, FactCatalogue catalogue, FactIntake intake) {
        return new FactComponent(steps, catalogue, intake);
    }

    @Bean("deadline")
    DeadlineComponent deadlineComponent(
            Ladders ladders,
            DueDeadlines due,
            Almanac almanac,
            HubClock clock,
            @Value("${songda.deadline.pollers:2}") int pollers) {
        return new DeadlineComponent(ladders, due, almanac, clock, pollers);
    }

    @Bean("door")
    DoorComponent doorComponent(
            Directory directory,
            DoorStaff staff,
            Almanac almanac,
            HubClock clock,
            @Value("${songda.routes}") Path routes) {
        return new DoorComponent(directory, staff, new QuietHours(almanac, clock), routes);
    }

    @Bean("ask")
    AskComponent askComponent(DoorStaff staff) {
        return new AskComponent(staff);
    }

    @Bean("dead-letter")
    DeadLetterComponent deadLetterComponent(DeadLetters deadLetters, NonceStore nonces) {
        return new DeadLetterComponent(deadLetters, nonces);
    }

    @Bean("refusal")
    RefusalComponent refusalComponent() {
        return new RefusalComponent();
    }

    @Bean("order")
    OrderComponent orderComponent(OrderPages pages, OrdersBeside beside) {
        return new OrderComponent(pages, beside);
    }

    @Bean("report")
    ReportComponent reportComponent(JdbcClient db, Almanac almanac, HubClock clock, KpiMonths months, KpiWindow kpis) {
        return new ReportComponent(new Reports(db, almanac, kpis, clock), months);
    }

    @Bean("kafka")
    KafkaComponent kafkaComponent(@Value("${songda.kafka.brokers}") String brokers) {
        KafkaComponent kafka = new KafkaComponent();
        kafka.getConfiguration().setBrokers(brokers);
        return kafka;
    }

    private static boolean waits(CamelContext context, String fact) {
        return context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .anyMatch(route -> ("fact:" + fact).equals(route.getInput().getEndpointUri()));
    }

    /** After every bean is there, before Camel starts: first the hook, which must know of each route, then the routes. */
    @Bean
    CamelContextConfiguration routeFolder(
            @Value("${songda.routes}") Path routes,
            @Value("${songda.mappings}") Path mappings,
            Ladders ladders,
            FactCatalogue catalogue,
            Almanac almanac) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                Check.refuse(routes, mappings);
                context.getCamelContextExtension()
                        .getContextPlugin(Model.class)
                        .addModelLifecycleStrategy(new StepsFailHook());
                new RouteFolder(routes).load(context);
                ladders.reload(catalogue, almanac.now(), fact -> waits(context, fact));
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing to do: a door opens by itself when its topic is there
            }
        };
    }
}
