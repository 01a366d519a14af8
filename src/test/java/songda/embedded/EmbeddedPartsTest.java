package songda.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;
import songda.failure.StartRefused;

class EmbeddedPartsTest {

    private Path folder;
    private Path data;

    @BeforeEach
    void make_a_folder() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "embedded-")
                .toAbsolutePath();
        data = folder.resolve("data");
    }

    @AfterEach
    void leave_nothing_running() throws IOException {
        new PostgresProcesses(data.resolve("postgres")).stopLeftBehind();
        FileSystemUtils.deleteRecursively(folder);
    }

    @Test
    void rows_and_topics_survive_kill_9_and_the_postgres_left_behind_is_stopped() throws Exception {
        ProcessHandle leftBehind;
        try (Forked first = Forked.hub(data)) {
            run(first, "create table kept as select 42 as answer");
            try (Admin kafka = first.kafka()) {
                kafka.createTopics(List.of(new NewTopic("songda.kept", 4, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            leftBehind = postmaster().orElseThrow();
            first.kill9();
            assertThat(leftBehind.isAlive())
                    .as("a killed JVM cannot stop its postgres")
                    .isTrue();
        }
        try (Forked second = Forked.hub(data)) {
            assertThat(ask(second, "select answer from kept")).isEqualTo("42");
            try (Admin kafka = second.kafka()) {
                assertThat(kafka.listTopics().names().get(30, TimeUnit.SECONDS)).contains("songda.kept");
            }
            assertThat(postmaster()).isPresent().get().isNotEqualTo(leftBehind);
            // A partition that was killed before its first record has no file with its topic's id: Kafka puts the empty
            // log aside.
            assertThat(second.output().lines().filter(line -> !line.contains("marked stray")))
                    .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
        }
        assertThat(postmaster()).isEmpty();
    }

    @Test
    void a_second_hub_on_the_same_folder_is_refused_and_the_first_one_unharmed() throws Exception {
        try (Forked first = Forked.hub(data)) {
            first.ready();
            Forked second = Forked.hub(data);
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .contains("数据目录正被另一个送达进程使用 / Another hub is using the data folder")
                    .doesNotContain("\tat ");
            assertThat(ask(first, "select 'unharmed'")).isEqualTo("unharmed");
        }
    }

    @Test
    void on_a_signal_the_context_closes_first_and_nothing_is_left_running() throws Exception {
        Forked hub = Forked.hub(data);
        hub.ready();
        hub.terminate();
        hub.exitCode();
        assertThat(hub.output()).contains("BOTH PARTS STILL THERE");
        // On a machine that has no time for it Kafka says so.
        assertThat(hub.output().lines().filter(line -> !line.contains("event queue overloaded")))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
        assertThat(postmaster()).isEmpty();
    }

    @Test
    void a_taken_port_ends_the_process_with_a_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Forked hub = Forked.hub(data, "--songda.embedded.kafka-port=" + taken.getLocalPort());
            assertThat(hub.exitCode()).isEqualTo(1);
            assertThat(hub.output()).contains("端口不可用 / The port cannot be used: 127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(postmaster()).isEmpty();
    }

    @Test
    void a_kafka_that_cannot_start_ends_the_process_with_a_sentence_and_stops_postgres() throws Exception {
        Files.createDirectories(data.resolve("kafka")); // as made, but never formatted
        Forked hub = Forked.hub(data);
        assertThat(hub.exitCode()).isEqualTo(1);
        assertThat(hub.output()).contains("内置 Kafka 没有启动 / The embedded Kafka did not start");
        assertThat(postmaster()).isEmpty();
    }

    @Test
    void a_damaged_postgres_ends_the_start_at_once_with_its_own_reason() throws Exception {
        try (Parts parts = new Parts(data)) {
            parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL);
        }
        Files.delete(data.resolve("postgres/global/pg_control"));
        try (Parts parts = new Parts(data)) {
            assertThatThrownBy(() -> parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("pg_control");
        }
    }

    @Test
    void a_making_that_was_cut_short_is_made_anew() throws Exception {
        Files.createDirectories(data.resolve("postgres"));
        Files.writeString(data.resolve("postgres/postgresql.conf"), "cut sho");
        Files.createFile(data.resolve("postgres.unfinished"));
        try (Parts parts = new Parts(data)) {
            assertThat(ask(connect(parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL)), "select 'made'"))
                    .isEqualTo("made");
        }
        assertThat(data.resolve("postgres.unfinished")).doesNotExist();
    }

    @Test
    void programs_whose_unpacking_was_cut_short_are_unpacked_anew() throws Exception {
        Path half = data.resolve("postgres-programs")
                .resolve(LentPrograms.unpacked().getFileName())
                .resolve("lib");
        Files.createDirectories(half);
        // In the archive this link comes before its file.
        Files.createSymbolicLink(half.resolve("libicuuc.so"), Path.of("libicuuc.so.60.2"));
        try (Forked hub = Forked.hub(data)) {
            assertThat(ask(hub, "select 'started'")).isEqualTo("started");
        }
        assertThat(half.resolve("libicuuc.so.60.2")).exists();
    }

    @Test
    void every_commit_is_on_disk_and_only_the_password_opens_the_door() throws Exception {
        try (Parts parts = new Parts(data)) {
            EmbeddedPostgreSql postgres = parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL);
            assertThat(ask(connect(postgres), "show fsync")).isEqualTo("on");
            assertThat(ask(connect(postgres), "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(connect(postgres), "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
            for (String user : List.of("postgres", EmbeddedPostgreSql.USER)) {
                assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), user, "wrong"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
        }
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve("postgres.password"))).isEqualTo("rw-------");
    }

    @Test
    void a_foreign_process_under_the_number_in_a_stale_pid_file_lives_on() throws Exception {
        try (Parts parts = new Parts(data)) {
            parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL);
        }
        // Even one of the right name: it does not work in our data directory.
        Path named = Files.copy(Path.of("/bin/sleep"), folder.resolve("postgres"));
        Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwx------"));
        Process foreign = new ProcessBuilder(named.toString(), "600")
                .directory(folder.toFile())
                .start();
        try {
            Files.writeString(
                    data.resolve("postgres/postmaster.pid"), foreign.pid() + "\n" + data.resolve("postgres") + "\n");
            try (Parts parts = new Parts(data)) {
                assertThat(ask(connect(parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL)), "select 'started'"))
                        .isEqualTo("started");
            }
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void with_external_parts_nothing_is_started() {
        SpringApplication hub = new SpringApplication(Nothing.class);
        hub.setWebApplicationType(WebApplicationType.NONE);
        hub.addInitializers(new EmbeddedParts());
        try (ConfigurableApplicationContext context = hub.run(
                "--songda.data=" + data,
                "--spring.datasource.url=jdbc:postgresql://db.example/songda",
                "--songda.kafka.brokers=kafka.example:9092")) {
            assertThat(context.getBean(KafkaReady.class).now()).isTrue();
            assertThat(context.getEnvironment().getProperty("spring.datasource.url"))
                    .isEqualTo("jdbc:postgresql://db.example/songda");
        }
        assertThat(data).doesNotExist();
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private Optional<ProcessHandle> postmaster() {
        return new PostgresProcesses(data.resolve("postgres")).postmaster();
    }

    private static Connection connect(EmbeddedPostgreSql postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), EmbeddedPostgreSql.USER, postgres.password());
    }

    private static void run(Forked hub, String sql) throws IOException, SQLException {
        try (Connection connection = hub.database();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Forked hub, String sql) throws IOException, SQLException {
        return ask(hub.database(), sql);
    }

    private static String ask(Connection opened, String sql) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
