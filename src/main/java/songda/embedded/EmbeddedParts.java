package songda.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import songda.failure.StartRefused;

/**
 * Starts what the settings leave open, before the context is built: a PostgreSQL when {@code spring.datasource.url} is
 * empty, a Kafka when {@code songda.kafka.brokers} is empty, and fills these settings in. Always adds the bean
 * {@link KafkaReady}. Settings: {@code songda.data} (folder), {@code songda.embedded.postgres-port} and
 * {@code songda.embedded.kafka-port} (0 = any free one), {@code songda.embedded.shared-buffers} (128MB) and
 * {@code songda.embedded.max-wal-size} (1GB) of PostgreSQL. Afterwards {@code songda.embedded.postgres} and
 * {@code songda.embedded.kafka} say which of them are the hub's own.
 *
 * <p>The parts stop after the context has closed, since its last messages still need them. When the context does not
 * start, the caller must end the process ({@code System.exit}): Kafka's threads would keep it alive.
 */
public final class EmbeddedParts
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedParts.class);
    private static final String DB = "spring.datasource.";
    private static final String BROKERS = "songda.kafka.brokers";
    private Parts parts;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        boolean ownPostgres = isOpen(settings, DB + "url");
        boolean ownKafka = isOpen(settings, BROKERS);
        KafkaReady kafkaReady = KafkaReady.atOnce();
        if (ownPostgres || ownKafka) {
            parts = new Parts(Path.of(settings.getProperty("songda.data", "data")));
            // Spring runs these after the contexts, in one hook; a JVM hook of our own would run beside it.
            SpringApplication.getShutdownHandlers().add(parts::close);
            Map<String, Object> found = new HashMap<>();
            kafkaReady = ownKafka ? startKafka(parts, settings, found) : kafkaReady;
            if (ownPostgres) {
                startPostgreSql(parts, settings, found);
            }
            found.put("songda.embedded.postgres", ownPostgres);
            found.put("songda.embedded.kafka", ownKafka);
            settings.getPropertySources().addFirst(new MapPropertySource("embedded parts", found));
        }
        context.getBeanFactory().registerSingleton("kafkaReady", kafkaReady);
    }

    /** For who does not end with its process. The context must have closed. */
    @Override
    public void close() {
        if (parts != null) {
            parts.close();
        }
    }

    private static boolean isOpen(ConfigurableEnvironment settings, String name) {
        return settings.getProperty(name, "").isBlank();
    }

    private static int port(ConfigurableEnvironment settings, String part) {
        return settings.getProperty("songda.embedded." + part + "-port", Integer.class, 0);
    }

    private static EmbeddedPostgreSql.Room room(ConfigurableEnvironment settings) {
        EmbeddedPostgreSql.Room small = EmbeddedPostgreSql.Room.SMALL;
        return new EmbeddedPostgreSql.Room(
                settings.getProperty("songda.embedded.shared-buffers", small.sharedBuffers()),
                settings.getProperty("songda.embedded.max-wal-size", small.maxWalSize()));
    }

    private static KafkaReady startKafka(Parts parts, ConfigurableEnvironment settings, Map<String, Object> found) {
        EmbeddedKafka kafka = parts.startKafkaBeside(port(settings, "kafka"), EmbeddedParts::end);
        found.put(BROKERS, kafka.brokers());
        return kafka.ready();
    }

    private static void startPostgreSql(Parts parts, ConfigurableEnvironment settings, Map<String, Object> found) {
        EmbeddedPostgreSql postgres = parts.startPostgreSql(port(settings, "postgres"), room(settings));
        found.put(
                "songda.embedded.postgres",
                "true"); // secrets may be made: there is no other place that could hold them
        found.put(DB + "url", postgres.url());
        found.put(DB + "username", EmbeddedPostgreSql.USER);
        found.put(DB + "password", postgres.password());
        LOG.info("内置 PostgreSQL 就绪 / the embedded PostgreSQL is ready: 127.0.0.1:{}", postgres.port());
    }

    /** A hub without its Kafka would take orders and pass none on. */
    private static void end(StartRefused failure) {
        LOG.error("{}。{}", failure.getMessage(), failure.remedy());
        System.exit(1);
    }
}
