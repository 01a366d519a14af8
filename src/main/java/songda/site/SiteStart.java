package songda.site;

import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where {@code songda.site-folder} names one, lays it over {@code songda.routes} and {@code songda.mappings} before the context is built, and
 * sets both to what came out.
 */
public final class SiteStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(SiteStart.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        String folder = settings.getProperty("songda.site-folder", "");
        if (folder.isBlank()) {
            return;
        }
        SiteFolder site = new SiteFolder(Path.of(folder), path(settings, "routes"), path(settings, "mappings"));
        Path laid = site.lay(path(settings, "data").resolve("site"));
        settings.getPropertySources()
                .addFirst(new MapPropertySource(
                        "site",
                        Map.of(
                                "songda.routes", laid.resolve("routes").toString(),
                                "songda.mappings", laid.resolve("mappings").toString())));
        LOG.info(
                "现场 {}：替换 {} 个文件，新增 {} 个，不用 {} 处 / site {}: {} files replaced, {} added, {} left out",
                folder,
                site.replaced().size(),
                site.added().size(),
                site.without().size(),
                folder,
                site.replaced().size(),
                site.added().size(),
                site.without().size());
    }

    private static Path path(ConfigurableEnvironment settings, String name) {
        return Path.of(settings.getProperty("songda." + name, name));
    }
}
