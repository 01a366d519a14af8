package songda.embedded;

import java.time.Duration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The smallest hub: nothing but its embedded parts. Prints one line {@code READY <url> <password> <brokers>} and stays. */
@Configuration(proxyBeanMethods = false)
class Hubling {

    public static void main(String[] args) {
        try {
            SpringApplication hub = new SpringApplication(Hubling.class);
            hub.setWebApplicationType(WebApplicationType.NONE);
            hub.setBannerMode(Banner.Mode.OFF);
            hub.setKeepAlive(true);
            hub.addInitializers(new EmbeddedParts());
            ConfigurableApplicationContext context = hub.run(args);
            context.getBean(KafkaReady.class).await(Duration.ofSeconds(90));
            System.out.println("READY " + setting(context, "spring.datasource.url") + " "
                    + setting(context, "spring.datasource.password") + " " + setting(context, "songda.kafka.brokers"));
        } catch (Throwable alreadyReported) {
            System.exit(1);
        }
    }

    private static String setting(ConfigurableApplicationContext context, String name) {
        return context.getEnvironment().getProperty(name);
    }
}
