package songda.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, the very ones that the hub would start, in
 * {@code target/test-data/<pid>}; gone with the JVM.
 *
 * <p>With Spring: {@code @SpringBootTest @ContextConfiguration(initializers = TestParts.class)}. Every context then gets
 * the same database; {@link #freshDatabase()} gives one of its own. Without Spring: the static methods.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class TestParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Path ALL = Path.of("target", "test-data").toAbsolutePath();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Running running = Running.ONCE;
        running.closeAfterSpring();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test parts",
                        Map.of(
                                "songda.data", running.folder.resolve("hub").toString(),
                                "spring.datasource.url", url(),
                                "spring.datasource.username", user(),
                                "spring.datasource.password", password(),
                                "songda.kafka.brokers", brokers(),
                                "songda.embedded.postgres", true,
                                "songda.embedded.kafka", true)));
        if (!context.getBeanFactory().containsSingleton("kafkaReady")) {
            context.getBeanFactory().registerSingleton("kafkaReady", running.kafka.ready());
        }
    }

    public static String url() {
        return Running.ONCE.postgres.url();
    }

    public static String user() {
        return EmbeddedPostgreSql.USER;
    }

    public static String password() {
        return Running.ONCE.postgres.password();
    }

    /** Waits until Kafka answers. */
    public static String brokers() {
        Running.ONCE.kafka.ready().await(Duration.ofSeconds(90));
        return Running.ONCE.kafka.brokers();
    }

    /** The database that all contexts of this JVM share. */
    public static DataSource database() {
        return new DriverManagerDataSource(url(), user(), password());
    }

    /** A new, empty database in the same PostgreSQL. */
    public static DataSource freshDatabase() {
        return new DriverManagerDataSource(freshUrl(), user(), password());
    }

    /** The URL of a new, empty database in the same PostgreSQL; {@link #user()} owns it. */
    public static String freshUrl() {
        String name = "fresh" + DATABASES.incrementAndGet();
        String postgres = url().replace("/songda?", "/postgres?");
        try (Connection connection = DriverManager.getConnection(postgres, "postgres", password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + user());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url().replace("/songda?", "/" + name + "?");
    }

    /** The URL of a new database with what this script makes. */
    public static String freshUrl(String script) {
        String url = freshUrl();
        try (Connection connection = DriverManager.getConnection(url, user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(Path.of(script)));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
        return url;
    }

    private static final class Running {

        static final Running ONCE = new Running();
        final Path folder = ALL.resolve(Long.toString(ProcessHandle.current().pid()));
        final Parts parts;
        final EmbeddedKafka kafka;
        final EmbeddedPostgreSql postgres;
        private final AtomicBoolean springCloses = new AtomicBoolean();

        private Running() {
            removeDeadOnes();
            parts = new Parts(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (!springCloses.get()) {
                    close();
                }
            }));
            kafka = parts.startKafkaBeside(0, failed -> {});
            postgres = parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL);
        }

        /** Contexts are cached until the JVM ends; only Spring's own hook knows when the last one has closed. */
        void closeAfterSpring() {
            if (springCloses.compareAndSet(false, true)) {
                SpringApplication.getShutdownHandlers().add(this::close);
            }
        }

        private void close() {
            parts.close();
            delete(folder);
        }

        /** What killed test JVMs left behind. */
        private static void removeDeadOnes() {
            for (Path left : children(ALL)) {
                if (ProcessHandle.of(Long.parseLong(left.getFileName().toString()))
                        .isEmpty()) {
                    removeDeadOne(left);
                }
            }
        }

        private static void removeDeadOne(Path left) {
            try {
                new PostgresProcesses(left.resolve("postgres")).stopLeftBehind();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            delete(left);
        }

        private static List<Path> children(Path folder) {
            try (Stream<Path> children = Files.list(Files.createDirectories(folder))) {
                return children.toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
