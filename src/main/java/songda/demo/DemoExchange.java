package songda.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * The government network's database of the demo: a second one in the embedded PostgreSQL. Its owner is the stand-ins' role, whose password stands in
 * {@code exchange.json}; the hub comes as another role, which may read and update the one table, as in a real front database.
 */
public final class DemoExchange implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String DATABASE = "gov_front";
    private static final String OWNER = "gov_front";
    private static final String READER = "songda_exchange";
    private static final int FAST = 200;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        if (!settings.acceptsProfiles(Profiles.of("demo"))
                || !settings.getProperty("songda.embedded.postgres", Boolean.class, false)) {
            return;
        }
        String hub = settings.getRequiredProperty("spring.datasource.url");
        String url = hub.replace("/songda?", "/" + DATABASE + "?");
        String owner = secret();
        String reader = secret();
        try {
            make(
                    hub.replace("/songda?", "/postgres?"),
                    settings.getRequiredProperty("spring.datasource.password"),
                    owner,
                    reader);
            fill(url, owner, Path.of(settings.getProperty("songda.demo.partners", "target/songda-partners.jar")));
            tell(Path.of(settings.getRequiredProperty("songda.data")).resolve("exchange.json"), url, owner);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the demo's exchange table was not made: " + e.getMessage(), e);
        }
        settings.getPropertySources()
                .addFirst(new MapPropertySource(
                        "demo exchange",
                        Map.of(
                                "songda.gov.exchange.polled", true,
                                "songda.gov.exchange.url", url,
                                "songda.gov.exchange.user", READER,
                                "songda.gov.exchange.password", reader,
                                "songda.gov.exchange.delay", FAST)));
    }

    private static void make(String url, String password, String owner, String reader) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login password '" + owner + "'");
            statement.execute("create role " + READER + " login password '" + reader + "'");
            statement.execute("create database " + DATABASE + " owner " + OWNER);
        }
    }

    /** The table as the government network's own script makes it. */
    private static void fill(String url, String password, Path partners) throws SQLException, IOException {
        URI script = URI.create("jar:" + partners.toAbsolutePath().toUri() + "!/exchange-table.sql");
        try (InputStream in = script.toURL().openStream();
                Connection connection = DriverManager.getConnection(url, OWNER, password);
                Statement statement = connection.createStatement()) {
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("grant select, update on inf_apply_wlxx to " + READER);
        }
    }

    private static void tell(Path file, String url, String password) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        new ObjectMapper().writeValue(file.toFile(), Map.of("url", url, "user", OWNER, "password", password));
    }

    private static String secret() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
