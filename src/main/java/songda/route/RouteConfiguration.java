package songda.route;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.CamelContextCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.deadletter.DeadLetterComponent;
import songda.deadletter.DeadLetters;
import songda.deadline.DeadlineComponent;
import songda.deadline.DueDeadlines;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.door.DoorComponent;
import songda.door.DoorStaff;
import songda.fact.FactCatalogue;
import songda.fact.FactComponent;
import songda.fact.FactIntake;
import songda.fact.Steps;
import songda.order.OrderComponent;
import songda.order.OrderPages;

/** The words of a route file as Camel components: a bean's name is its URI scheme. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    @Bean
    FactCatalogue factCatalogue(@Value("${songda.routes}") Path routes) {
        return FactCatalogue.read(routes.resolve("facts.yaml"));
    }

    @Bean
    Ladders ladders(@Value("${songda.routes}") Path routes, FactCatalogue catalogue) {
        return Ladders.read(routes.resolve("ladder"), catalogue);
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
    DeadlineComponent deadlineComponent(Ladders ladders, DueDeadlines due) {
        return new DeadlineComponent(ladders, due);
    }

    @Bean("door")
    DoorComponent doorComponent(Directory directory, DoorStaff staff, @Value("${songda.routes}") Path routes) {
        return new DoorComponent(directory, staff, routes);
    }

    @Bean("dead-letter")
    DeadLetterComponent deadLetterComponent(DeadLetters deadLetters) {
        return new DeadLetterComponent(deadLetters);
    }

    @Bean("order")
    OrderComponent orderComponent(OrderPages pages) {
        return new OrderComponent(pages);
    }

    @Bean
    CamelContextCustomizer failureHook() {
        return (First) context ->
                context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new StepsFailHook());
    }

    @Bean
    CamelContextCustomizer routeFolder(@Value("${songda.routes}") Path routes, JdbcTemplate afterTheDatabase) {
        return new RouteFolderHook(routes);
    }

    /** The hook must know of every route that is loaded after it. */
    private interface First extends CamelContextCustomizer {

        @Override
        void configure(CamelContext context);

        @Override
        default int getOrder() {
            return Integer.MIN_VALUE;
        }
    }
}
