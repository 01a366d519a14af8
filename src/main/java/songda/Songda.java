package songda;

import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.core.env.Environment;
import songda.api.StopLimit;
import songda.command.Commands;
import songda.configuration.ConfigurationStart;
import songda.demo.DemoExchange;
import songda.demo.DemoPartners;
import songda.demo.DemoStart;
import songda.embedded.EmbeddedParts;
import songda.site.SiteStart;

/** The hub. No argument runs it, a command does what it says instead ({@code help} lists them); see README.md. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Songda {

    public static void main(String[] args) {
        if (args.length > 0 && !args[0].startsWith("-")) {
            System.exit(Commands.run(args));
        }
        try {
            SpringApplication hub = new SpringApplication(Songda.class);
            hub.addInitializers(
                    new DemoStart(),
                    new DemoPartners(),
                    new SiteStart(),
                    new EmbeddedParts(),
                    new ConfigurationStart(),
                    new DemoExchange());
            Environment settings = hub.run(args).getEnvironment();
            StopLimit.set(duration(settings, "songda.stop-within").plus(duration(settings, "songda.api.drain")));
        } catch (Throwable alreadyReported) { // Spring has printed why; the embedded Kafka's threads would stay
            System.exit(1);
        }
    }

    private static Duration duration(Environment settings, String name) {
        return settings.getRequiredProperty(name, Duration.class);
    }
}
