package songda.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Lays the image's files out as the Dockerfile does, from the packaged jar, starts the hub there and asks its health check. */
class DockerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Path JAR = Path.of("target/songda.jar").toAbsolutePath();

    @TempDir
    Path image;

    @Test
    void the_layers_of_the_jar_start_and_the_health_check_says_so() throws Exception {
        layOut();
        int port = freePort();
        Map<String, String> settings = Map.of(
                "SONGDA_HTTP_PORT", Integer.toString(port),
                "SONGDA_ADMIN_PORT", Integer.toString(freePort()),
                "SONGDA_DATA", image.resolve("data").toString());
        Path output = image.resolve("hub.out");
        Process hub = java(settings, output, "-Xmx512m", "-XX:+UseSerialGC", "-jar", "songda.jar");
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!healthy(settings)) {
                assertThat(hub.isAlive()).as(Files.readString(output)).isTrue();
                assertThat(System.nanoTime()).as(Files.readString(output)).isLessThan(deadline);
            }
        } finally {
            hub.destroy();
            assertThat(hub.waitFor(60, TimeUnit.SECONDS)).as("closes in order").isTrue();
        }
        assertThat(healthy(settings)).as("a stopped hub is not well").isFalse();
    }

    private void layOut() throws Exception {
        Path layers = image.resolve("layers");
        Process extract = java(
                Map.of(),
                image.resolve("extract.out"),
                "-Djarmode=tools",
                "-jar",
                JAR.toString(),
                "extract",
                "--layers",
                "--destination",
                layers.toString());
        assertThat(extract.waitFor()).isZero();
        for (String layer : List.of("dependencies", "spring-boot-loader", "snapshot-dependencies", "application")) {
            FileSystemUtils.copyRecursively(layers.resolve(layer), image);
        }
        FileSystemUtils.copyRecursively(Path.of("routes"), image.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("mappings"), image.resolve("mappings"));
        Path live = Files.createDirectories(image.resolve("live"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "--release", "17", "-d", live.toString(), "docker/Live.java"))
                .isZero();
    }

    private boolean healthy(Map<String, String> settings) throws Exception {
        return java(settings, image.resolve("live.out"), "-Xmx16m", "-XX:TieredStopAtLevel=1", "-cp", "live", "Live")
                        .waitFor()
                == 0;
    }

    private Process java(Map<String, String> settings, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        Stream.of(arguments).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(image.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
