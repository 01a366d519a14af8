package songda.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;
import songda.failure.StartRefused;

/**
 * Before the context is built, lays out the version that is in force in the database, or at the first start what is on the disk, and sets
 * {@code songda.routes} and {@code songda.mappings} to it: so what runs never changes under the hub. Comes after the site and the embedded parts.
 * {@code songda.config.from=disk} takes the disk and makes it the version in force.
 */
public final class ConfigurationStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationStart.class);

    /** In seconds: a database that takes the connection and says nothing ends the start, which a supervisor tries again. */
    private static final Properties PATIENCE = new Properties();

    static {
        PATIENCE.setProperty("loginTimeout", "10");
        PATIENCE.setProperty("socketTimeout", "30");
    }

    static Path laid(Path data) {
        return data.resolve("configuration").toAbsolutePath();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        Path routes = Path.of(settings.getProperty("songda.routes", "routes"));
        Path mappings = Path.of(settings.getProperty("songda.mappings", "mappings"));
        Path into = laid(Path.of(settings.getProperty("songda.data", "data")));
        Folder folder = configuration(settings, routes, mappings).lay(into);
        tidy(into, folder);
        Map<String, Object> found = new HashMap<>();
        found.put("songda.routes", folder.routes().toString());
        found.put("songda.mappings", folder.mappings().toString());
        found.put("songda.config.disk.routes", routes.toString());
        found.put("songda.config.disk.mappings", mappings.toString());
        found.put("songda.config.laid", "true");
        settings.getPropertySources().addFirst(new MapPropertySource("configuration", found));
    }

    private static Configuration configuration(ConfigurableEnvironment settings, Path routes, Path mappings) {
        String from = settings.getProperty("songda.config.from", "database");
        if (!List.of("database", "disk").contains(from)) {
            throw new IllegalArgumentException(
                    "songda.config.from (SONGDA_CONFIG_FROM): 写 database 或 disk / write database or disk, not '" + from
                            + "'");
        }
        return from.equals("disk")
                ? Configuration.read(routes, mappings)
                : inForce(settings).orElseGet(() -> Configuration.read(routes, mappings));
    }

    private static Optional<Configuration> inForce(ConfigurableEnvironment settings) {
        SingleConnectionDataSource database = new SingleConnectionDataSource(
                settings.getProperty("spring.datasource.url", ""),
                settings.getProperty("spring.datasource.username", ""),
                settings.getProperty("spring.datasource.password", ""),
                true);
        database.setConnectionProperties(PATIENCE);
        try {
            Shelf shelf = new Shelf(new JdbcTemplate(database));
            Optional<Version> active = shelf.stands() ? shelf.active() : Optional.empty();
            active.ifPresent(version -> LOG.info(
                    "用数据库中的配置版本 {}（{}）；它起不来时用 SONGDA_CONFIG_FROM=disk / configuration {} of the database; where it cannot start, SONGDA_CONFIG_FROM=disk",
                    version.number(),
                    version.reason(),
                    version.number()));
            return active.map(version -> shelf.load(version.number()));
        } catch (CannotGetJdbcConnectionException away) {
            throw new StartRefused(
                    "数据库连不上 / the database cannot be reached: "
                            + NestedExceptionUtils.getMostSpecificCause(away).getMessage(),
                    "检查 SONGDA_DB_URL、SONGDA_DB_USER、SONGDA_DB_PASSWORD 和数据库，再启动；它们都空着时用内置的 / check these settings and the database, then start again; with all of them empty the embedded one is used",
                    away);
        } finally {
            database.destroy();
        }
    }

    /** What earlier starts and changes have left; nothing of it is in use now. */
    private static void tidy(Path into, Folder folder) {
        try (Stream<Path> laid = Files.list(into)) {
            for (Path other : laid.toList()) {
                if (!other.equals(folder.routes().getParent())) {
                    FileSystemUtils.deleteRecursively(other);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
