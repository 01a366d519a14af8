package songda.embedded;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The smallest hub: nothing but its embedded parts. Prints {@code READY <url> <password> <brokers>} and stays. */
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
            Environment settings = context.getEnvironment();
            System.out.println("READY " + settings.getProperty("spring.datasource.url") + " "
                    + settings.getProperty("spring.datasource.password") + " "
                    + settings.getProperty("songda.kafka.brokers"));
        } catch (Throwable alreadyReported) {
            System.exit(1);
        }
    }

    /** Uses both parts while the context closes, as the hub's last messages do. */
    @Bean
    DisposableBean lastMessage(Environment settings) {
        return () -> {
            DriverManager.getConnection(
                            settings.getProperty("spring.datasource.url", ""),
                            EmbeddedPostgreSql.USER,
                            settings.getProperty("spring.datasource.password"))
                    .close();
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", settings.getProperty("songda.kafka.brokers", "")))) {
                admin.describeCluster().nodes().get(5, TimeUnit.SECONDS);
            }
            System.out.println("BOTH PARTS STILL THERE");
        };
    }
}
