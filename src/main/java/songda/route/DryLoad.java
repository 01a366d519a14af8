package songda.route;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import songda.calendar.Almanac;
import songda.check.Check;
import songda.deadletter.DeadLetterComponent;
import songda.deadline.DeadlineComponent;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.door.AskComponent;
import songda.door.DoorComponent;
import songda.door.DoorsAnnounced;
import songda.door.QuietHours;
import songda.fact.FactCatalogue;
import songda.fact.FactComponent;
import songda.fact.Steps;
import songda.failure.RefusalComponent;
import songda.mapping.MappingComponent;
import songda.mapping.Mappings;
import songda.order.OrderComponent;
import songda.report.ReportComponent;

/** Builds routes in a Camel context of their own, with neither database nor Kafka, and starts none of them. */
public final class DryLoad {

    private static final String KIT = "kit";
    private final Path routes;
    private final Path mappings;

    public DryLoad(Path routes, Path mappings) {
        this.routes = routes;
        this.mappings = mappings;
    }

    /**
     * @param only those, by their names below the folder, and the kit, which stands in all of them; null is every route
     * @param told file and reason of each that does not load
     */
    public void run(Set<String> only, BiConsumer<Path, String> told) throws IOException {
        CamelContext context = new DefaultCamelContext();
        try {
            context.disableJMX();
            context.setAutoStartup(false);
            context.getPropertiesComponent().setInitialProperties(settings());
            context.getRegistry().bind("gov-exchange", new DriverManagerDataSource());
            context.getRegistry().bind("poll-watch", new PollWatch());
            context.getRegistry().bind("letter-sender", new DefaultJavaMailSender());
            context.getCamelContextExtension()
                    .getContextPlugin(Model.class)
                    .addModelLifecycleStrategy(new StepsFailHook());
            words().forEach(context::addComponent);
            context.start();
            for (String room : List.of(KIT, "flow", "edge")) {
                for (Path file : RouteFolder.files(routes.resolve(room))) {
                    if (only != null
                            && !room.equals(KIT)
                            && !only.contains(routes.relativize(file).toString())) {
                        continue;
                    }
                    try {
                        RouteFolder.load(context, file);
                    } catch (IllegalArgumentException e) {
                        told.accept(file, reason(e));
                    }
                }
            }
        } finally {
            context.stop();
        }
    }

    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    }

    private Map<String, Component> words() {
        FactCatalogue catalogue = FactCatalogue.read(routes.resolve("facts.yaml"));
        Almanac almanac = new Almanac(mappings.resolve("calendar"));
        Ladders ladders = Ladders.read(routes.resolve("ladder"), catalogue, almanac.now());
        Directory directory = Directory.read(mappings.resolve("directory").resolve("contacts.csv"));
        Map<String, Component> words = new LinkedHashMap<>();
        words.put("fact", new FactComponent(new Steps(), catalogue, null));
        words.put("deadline", new DeadlineComponent(ladders, null, almanac, null, 1));
        words.put(
                "door",
                new DoorComponent(
                        directory, new DoorsAnnounced(routes), new QuietHours(almanac, Clock.systemUTC()), routes));
        words.put("ask", new AskComponent(null));
        words.put("mapping", new MappingComponent(new Mappings(mappings)));
        words.put("dead-letter", new DeadLetterComponent(null, null));
        words.put("refusal", new RefusalComponent());
        words.put("order", new OrderComponent(null, null));
        words.put("report", new ReportComponent(null, null));
        // What needs more than files is known to the check by songda/check/words.yaml only.
        Check.words().forEach(word -> words.computeIfAbsent(word, w -> new Unasked()));
        QuartzComponent quartz = new QuartzComponent();
        quartz.setAutoStartScheduler(false);
        quartz.setProperties(
                Map.of("org.quartz.threadPool.threadCount", "1", "org.quartz.scheduler.skipUpdateCheck", "true"));
        words.put("quartz", quartz);
        return words;
    }

    /** What {@code application.yaml} and the environment say, as the hub would read it. */
    private static Properties settings() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        Properties settings = new Properties();
        for (var source : new YamlPropertySourceLoader().load("hub", new ClassPathResource("application.yaml"))) {
            environment.getPropertySources().addLast(source);
            for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                if (name.startsWith("songda.")) {
                    settings.setProperty(name, environment.getProperty(name, ""));
                }
            }
        }
        return settings;
    }

    /** Takes whatever it is given. */
    private static final class Unasked extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            throw new IllegalStateException("nothing is sent in a dry load");
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }
}
