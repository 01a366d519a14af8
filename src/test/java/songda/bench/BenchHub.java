package songda.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import songda.Songda;
import songda.embedded.EmbeddedParts;

/** The hub as it starts by itself, in this JVM, its doors paused: what its parts can do without HTTP in front. */
final class BenchHub implements AutoCloseable {

    private final Path data;
    private final ConfigurableApplicationContext context;
    private final Cpu.Server parts;

    private static final class WithoutTestClasses extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return reader.getResource().getURL().getPath().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithoutTestClasses;
        }

        @Override
        public int hashCode() {
            return 2;
        }
    }

    BenchHub(Path data) {
        this.data = data;
        SpringApplication hub = new SpringApplication(Songda.class);
        hub.addInitializers(new EmbeddedParts(), c -> c.getBeanFactory()
                .registerSingleton("withoutTestClasses", new WithoutTestClasses()));
        context = hub.run(
                "--songda.data=" + data,
                "--server.port=0",
                "--songda.admin-port=0",
                "--songda.door.paused=true",
                // As an operator sets it for 20 million open deadlines.
                "--songda.embedded.shared-buffers=4GB",
                "--songda.embedded.max-wal-size=24GB");
        parts = new Cpu.Server(server());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** As the hub's own user. */
    Connection connect() throws SQLException {
        return connect("songda");
    }

    /** Without a limit of time: a load takes minutes. */
    private Connection connect(String user) throws SQLException {
        String url = context.getEnvironment().getRequiredProperty("spring.datasource.url");
        return DriverManager.getConnection(
                url.replaceAll("socketTimeout=\\d+", "socketTimeout=0"),
                user,
                context.getEnvironment().getRequiredProperty("spring.datasource.password"));
    }

    void execute(String... statements) throws SQLException {
        for (String sql : statements) {
            // A checkpoint is for the owner of the server only.
            try (Connection connection = connect(sql.equals("checkpoint") ? "postgres" : "songda");
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    List<String> texts(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    long count(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Processor seconds of this JVM and of the database. */
    double[] cpu() {
        return new double[] {Cpu.of(ProcessHandle.current().pid()), Cpu.ofTree(server())};
    }

    /** Processor seconds of the database by what its processes do. */
    Map<String, Double> databaseCpu() {
        return parts.seconds();
    }

    private long server() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
            return Long.parseLong(lines.get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
