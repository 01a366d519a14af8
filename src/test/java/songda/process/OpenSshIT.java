package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import songda.Daytime;
import songda.clock.HubClock;

/** The other side is OpenSSH, as it is at most partners: login by key, its host key known by fingerprint. */
@Tag("desk")
class OpenSshIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Charset GBK = Charset.forName("GB18030");

    /** A server of this user's own, which ends with the test. */
    private record Sshd(Process process, int port, Path key, String fingerprint) implements AutoCloseable {

        static Sshd in(Path folder) throws Exception {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Path host = folder.resolve("host_key");
            Path user = folder.resolve("user_key");
            for (Path key : List.of(host, user)) {
                run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString());
            }
            int port = HubProcess.freePort();
            Path config = Files.writeString(
                    folder.resolve("sshd_config"),
                    """
                    Port %d
                    ListenAddress 127.0.0.1
                    HostKey %s
                    AuthorizedKeysFile %s.pub
                    PidFile none
                    UsePAM no
                    StrictModes no
                    PasswordAuthentication no
                    PermitRootLogin prohibit-password
                    Subsystem sftp internal-sftp
                    """
                            .formatted(port, host, user));
            if (Files.isWritable(Path.of("/run"))) {
                Files.createDirectories(Path.of("/run/sshd"));
            }
            Process process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sshd.log").toFile())
                    .start();
            String fingerprint = run("ssh-keygen", "-lf", host + ".pub").split(" ")[1];
            return new Sshd(process, port, user, fingerprint);
        }

        private static String run(String... command) throws IOException, InterruptedException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void orders_go_in_and_the_reply_comes_out(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.createDirectories(files.resolve("in"));
        try (Sshd sshd = Sshd.in(Files.createDirectories(folder.resolve("sshd")));
                HubProcess hub = HubProcess.in(folder.resolve("data"))) {
            hub.with(Map.of("SONGDA_DOOR_PAUSED", "true", "SONGDA_GOV_FILES", "true"))
                    .with(Map.of("SONGDA_GOV_FILES_PORT", Integer.toString(sshd.port())))
                    .with(Map.of("SONGDA_GOV_FILES_USER", System.getProperty("user.name")))
                    .with(Map.of("SONGDA_GOV_FILES_KEY", sshd.key().toString()))
                    .with(Map.of("SONGDA_GOV_FILES_HOST_KEY", "SHA256:of-the-old-one," + sshd.fingerprint()))
                    .with(Map.of("SONGDA_GOV_FILES_FOLDER", files.toString()))
                    .with(Map.of("SONGDA_GOV_FILES_DELAY", "200", "SONGDA_GOV_FILES_STILL", "PT0.5S"));
            hub.start().awaitReady(LONG);
            byte[] zip = zip("SSH0001");
            Files.write(files.resolve("in/orders.zip"), zip);
            Files.write(files.resolve("in/strange \r\n.zip"), zip);
            await().atMost(LONG).until(() -> Files.exists(files.resolve("reply/orders.reply.xml")));
            assertThat(new String(Files.readAllBytes(files.resolve("reply/orders.reply.xml")), GBK))
                    .contains("TAKEN", "SSH0001");
            await().atMost(LONG).until(() -> names(files.resolve("error")).size() == 1);
            await().atMost(LONG).until(() -> names(files.resolve("done")).size() == 1);
            assertThat(Files.readAllBytes(files.resolve("done")
                            .resolve(names(files.resolve("done")).get(0))))
                    .isEqualTo(zip);
            assertThat(names(files.resolve("in"))).isEmpty();
            assertThat(new Tables(hub).texts("select order_no from orders")).containsExactly("SSH0001");

            // The same name once more: OpenSSH would overwrite on a POSIX rename.
            Files.write(files.resolve("in/orders.zip"), zip("SSH0002"));
            await().atMost(LONG).until(() -> names(files.resolve("error")).size() == 2);
            assertThat(names(files.resolve("done"))).hasSize(1);
            hub.stop();

            hub.with(Map.of("SONGDA_GOV_FILES_HOST_KEY", "SHA256:of-another-server"));
            hub.start().awaitReady(LONG);
            Files.write(files.resolve("in/later.zip"), zip("SSH0003"));
            await().atMost(LONG).until(() -> hub.logText().contains("tried again later: gov-fetch-files"));
            assertThat(files.resolve("in/later.zip")).exists();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(f -> f.getFileName().toString())
                    .filter(n -> !n.startsWith("."))
                    .toList();
        }
    }

    private static byte[] zip(String orderNo) throws IOException {
        String at = HubClock.local(Daytime.today()).substring(0, 19).replace('T', ' ');
        String xml =
                """
                <?xml version="1.0" encoding="GBK"?>
                <applys><apply><ems_ord_no>%s</ems_ord_no><net_type>02</net_type><buss_type>2</buss_type><send_name>周敏</send_name>
                <send_prov>浙江省</send_prov><send_city>杭州市</send_city><send_country>萧山区</send_country><send_strect>金城路 528 号</send_strect>
                <send_call>0571-82898888</send_call><rcv_name>䶮小㙍</rcv_name><rcv_prov>浙江省</rcv_prov><rcv_city>杭州市</rcv_city>
                <rcv_country>330110</rcv_country><rcv_strect>余杭区文一西路 969 号</rcv_strect><rcv_phone>13812345678</rcv_phone><item>营业执照</item>
                <deptno>11330109MB1A2B3C4H</deptno><orgname>萧山区行政服务中心</orgname><sendtime>%s</sendtime></apply></applys>"""
                        .formatted(orderNo, at);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.xml"));
            zip.write(xml.getBytes(GBK));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
