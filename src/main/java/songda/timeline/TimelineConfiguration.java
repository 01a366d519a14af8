package songda.timeline;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import songda.calendar.Almanac;
import songda.clock.HubClock;
import songda.deadline.DeadlineComponent;
import songda.deadline.DueDeadlines;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.door.DoorComponent;
import songda.door.DoorsAnnounced;
import songda.door.QuietHours;
import songda.fact.FactCatalogue;
import songda.fact.FactComponent;
import songda.fact.FactIntake;
import songda.fact.Steps;
import songda.mapping.MappingComponent;
import songda.route.StepsAlone;

/** The part of the hub that is rehearsed. No annotation marks these as parts of the hub itself. */
final class TimelineConfiguration {

    private TimelineConfiguration() {}

    /** The store, its clock and the secrets; one for all folders of routes. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    @ComponentScan({
        "songda.clock",
        "songda.store",
        "songda.secret",
        "songda.person",
        "songda.order",
        "songda.mapping",
        "songda.deadletter"
    })
    static class Ground {}

    /** What depends on one folder of routes. */
    @ComponentScan("songda.fact")
    @ComponentScan(
            basePackages = "songda.deadline",
            useDefaultFilters = false,
            includeFilters =
                    @Filter(type = FilterType.REGEX, pattern = "songda\\.deadline\\.(DueDeadlines|ClockGuard)"))
    static class Stage {

        @Bean
        FactCatalogue factCatalogue(@Value("${songda.routes}") String routes) {
            return FactCatalogue.read(Path.of(routes).resolve("facts.yaml"));
        }

        @Bean
        Almanac almanac(@Value("${songda.mappings}") String mappings) {
            return new Almanac(Path.of(mappings).resolve("calendar"));
        }

        @Bean
        Ladders ladders(@Value("${songda.routes}") String routes, FactCatalogue catalogue, Almanac almanac) {
            return Ladders.read(Path.of(routes).resolve("ladder"), catalogue, almanac.now());
        }

        @Bean
        Directory directory(@Value("${songda.mappings}") String mappings) {
            return Directory.read(Path.of(mappings).resolve("directory").resolve("contacts.csv"));
        }

        @Bean
        DoorsAnnounced doorsAnnounced(@Value("${songda.routes}") String routes) {
            return new DoorsAnnounced(Path.of(routes));
        }

        @Bean
        StepsAlone stepsAlone(
                @Value("${songda.routes}") String routes,
                FactCatalogue catalogue,
                Steps steps,
                FactIntake intake,
                Ladders ladders,
                DueDeadlines due,
                Almanac almanac,
                HubClock clock,
                Directory directory,
                DoorsAnnounced doors,
                MappingComponent mapping) {
            return new StepsAlone(
                    Path.of(routes),
                    Map.of(
                            "fact", new FactComponent(steps, catalogue, intake),
                            "deadline", new DeadlineComponent(ladders, due, almanac, clock, 1),
                            "door",
                                    new DoorComponent(
                                            directory, doors, new QuietHours(almanac, clock), Path.of(routes)),
                            "mapping", mapping));
        }
    }
}
