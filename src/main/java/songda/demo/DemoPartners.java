package songda.demo;

import java.nio.file.Path;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/** The stand-ins begin before the hub: what it fetches by the clock finds them listening, and they wait for it. */
public final class DemoPartners implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        if (settings.acceptsProfiles(Profiles.of("demo"))) {
            StandIns standIns = new StandIns(
                    Path.of(settings.getProperty("songda.demo.partners", "target/songda-partners.jar")),
                    "http://127.0.0.1:" + settings.getRequiredProperty("server.port"),
                    Path.of(settings.getRequiredProperty("songda.data")));
            context.getBeanFactory().registerSingleton("stand-ins", standIns);
        }
    }
}
