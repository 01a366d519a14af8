package songda.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import songda.TestFolders;

/** The folder of files that come in, on a real SFTP server and a clock that the test moves. */
class InboxTest {

    private static final TestFolders FOLDERS = new TestFolders(List.of("gov"));
    private static final Inbox.Ready STILL = new Inbox.Ready(false, Duration.ofSeconds(10));
    private static final Inbox.Ready MARKER = new Inbox.Ready(true, Duration.ZERO);
    private final Hands wall = new Hands();
    private Remotes remotes;
    private Remote remote;

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-11-26T02:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Server server(String password, String hostKey) {
        return new Server(true, "127.0.0.1", FOLDERS.port(), "gov", password, "", hostKey, "");
    }

    @BeforeEach
    void connect() throws IOException {
        remotes = new Remotes(server(TestFolders.PASSWORD, FOLDERS.hostKey()));
        remote = remotes.open();
    }

    @AfterEach
    void leave() {
        remote.close();
        remotes.close();
    }

    @AfterAll
    static void stop() throws IOException {
        FOLDERS.stop();
    }

    private static Path in(String name) {
        return FOLDERS.folder("gov", "in").resolve(name);
    }

    private List<String> claimed() throws IOException {
        return Inbox.claims(remote).stream().map(Inbox.Claim::name).toList();
    }

    @Test
    void a_file_that_grows_is_not_whole() throws IOException {
        Inbox inbox = new Inbox(wall, STILL);
        Path file = Files.writeString(in("grows.zip"), "half");
        for (int round = 0; round < 5; round++) {
            inbox.claim(remote);
            wall.now = wall.now.plusSeconds(9);
            inbox.claim(remote);
            Files.writeString(file, "more", StandardOpenOption.APPEND);
            wall.now = wall.now.plusSeconds(9);
        }
        assertThat(file).exists();
        inbox.claim(remote);
        wall.now = wall.now.plusSeconds(10);
        inbox.claim(remote);
        assertThat(file).doesNotExist();
        assertThat(claimed()).contains("grows.zip");
    }

    @Test
    void with_a_marker_agreed_on_nothing_is_whole_without_it() throws IOException {
        Inbox inbox = new Inbox(wall, MARKER);
        Files.writeString(in("marked.txt"), "whole");
        inbox.claim(remote);
        wall.now = wall.now.plusSeconds(3600);
        inbox.claim(remote);
        assertThat(in("marked.txt")).exists();
        Files.writeString(in("marked.ok"), "");
        inbox.claim(remote);
        assertThat(in("marked.txt")).doesNotExist();
        assertThat(in("marked.ok")).doesNotExist();
        assertThat(claimed()).contains("marked.txt");
    }

    @Test
    void unfinished_names_links_and_folders_are_left_alone() throws IOException {
        Inbox inbox = new Inbox(wall, STILL);
        List<String> names = List.of(".hidden", "a.tmp", "b.PART", "c.filepart", "d.zip~", "e.writing");
        for (String name : names) {
            Files.writeString(in(name), "x");
        }
        Files.createDirectory(in("folder.zip"));
        Files.createSymbolicLink(in("link.zip"), Path.of("/etc/passwd"));
        inbox.claim(remote);
        wall.now = wall.now.plusSeconds(60);
        inbox.claim(remote);
        assertThat(names).allSatisfy(name -> assertThat(in(name)).exists());
        assertThat(Files.isSymbolicLink(in("link.zip"))).isTrue();
        assertThat(claimed()).doesNotContain("folder.zip", "link.zip");
    }

    @Test
    void of_two_nodes_one_has_the_file_and_two_files_of_one_name_never_meet() throws IOException {
        Inbox one = new Inbox(wall, STILL);
        Inbox other = new Inbox(wall, STILL);
        try (Remote second = remotes.open()) {
            for (int i = 0; i < 3; i++) {
                Files.writeString(in("twice.zip"), "content " + i);
                one.claim(remote);
                other.claim(second);
                wall.now = wall.now.plusSeconds(10);
                one.claim(remote);
                other.claim(second);
            }
        }
        assertThat(claimed().stream().filter("twice.zip"::equals)).hasSize(3);
    }

    @Test
    void a_name_in_gbk_with_a_line_break_can_be_taken() throws IOException {
        Inbox inbox = new Inbox(wall, STILL);
        byte[] raw = "\u5F20\u4E09\r\n.zip".getBytes("GBK");
        String name = new String(raw, StandardCharsets.ISO_8859_1);
        remote.put("in", name, name, "x".getBytes(StandardCharsets.US_ASCII));
        inbox.claim(remote);
        wall.now = wall.now.plusSeconds(10);
        inbox.claim(remote);
        assertThat(Inbox.claims(remote)).anySatisfy(claim -> {
            assertThat(claim.named()).isFalse();
            assertThat(claim.name()).matches("_+[.]zip");
        });
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        byte[] first = "first".getBytes(StandardCharsets.US_ASCII);
        byte[] second = "second".getBytes(StandardCharsets.US_ASCII);
        remote.put(Inbox.REPLY, "a.xml", "1.a.xml", first);
        remote.put(Inbox.REPLY, "a.xml", "2.a.xml", first);
        remote.put(Inbox.REPLY, "a.xml", "3.a.xml", second);
        assertThat(FOLDERS.names("gov", "reply", "a.xml")).containsExactly("3.a.xml", "a.xml");
        try (InputStream in = remote.open(Inbox.REPLY, "a.xml")) {
            assertThat(in.readAllBytes()).isEqualTo(first);
        }
        assertThat(remote.rename(Inbox.REPLY, "3.a.xml", Inbox.REPLY, "a.xml")).isFalse();
        assertThat(remote.rename(Inbox.REPLY, "gone.xml", Inbox.REPLY, "b.xml")).isFalse();
    }

    @Test
    void a_server_that_is_another_one_is_not_spoken_to() {
        Remotes wrong = new Remotes(server(TestFolders.PASSWORD, "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assertThatThrownBy(wrong::open).isInstanceOf(IOException.class).hasMessageContaining("key");
        wrong.close();
        Remotes stranger = new Remotes(server("guess", FOLDERS.hostKey()));
        assertThatThrownBy(stranger::open).isInstanceOf(IOException.class);
        stranger.close();
    }

    @Test
    void what_is_missing_is_said_before_anything_is_polled() {
        Server none = new Server(true, "h", 22, "u", "", "", "", "");
        assertThatThrownBy(() -> none.checked("songda.gov.files"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("songda.gov.files")
                .hasMessageContaining("host-key");
        Server standIn = new Server(true, "sftp.example", 22, "u", "stand-in", "", "SHA256:x", "");
        assertThatThrownBy(() -> standIn.checked("songda.gov.files")).hasMessageContaining("songda.gov.files.password");
    }
}
