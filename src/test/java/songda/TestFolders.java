package songda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server on which partners drop their files; each user has a root of its own, which a test sees as a folder. */
public final class TestFolders {

    public static final String PASSWORD = "a password of the tests";
    private static final Charset GBK = Charset.forName("GB18030");
    private final Path root;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair key;

    public TestFolders(List<String> users) {
        try {
            root = Files.createTempDirectory("songda-folders");
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(256);
            key = keys.generateKeyPair();
            VirtualFileSystemFactory roots = new VirtualFileSystemFactory();
            for (String user : users) {
                Files.createDirectories(root.resolve(user).resolve("in"));
                roots.setUserHomeDir(user, root.resolve(user));
            }
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(key));
            server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
            server.setFileSystemFactory(roots);
            server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings of {@code songda.<system>.files}. */
    public Map<String, Object> settings(String system) {
        String prefix = "songda." + system + ".files.";
        return Map.of(
                prefix + "polled",
                "true",
                prefix + "host",
                "127.0.0.1",
                prefix + "port",
                server.getPort(),
                prefix + "user",
                system,
                prefix + "password",
                PASSWORD,
                prefix + "host-key",
                hostKey(),
                prefix + "delay",
                "200",
                prefix + "still",
                "PT0.3S");
    }

    public int port() {
        return server.getPort();
    }

    public String hostKey() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
    }

    public Path folder(String system, String name) {
        return root.resolve(system).resolve(name);
    }

    /** A whole file under its name. */
    public void drop(String system, String name, byte[] bytes) {
        try {
            Path part = folder(system, "in").resolve("." + System.nanoTime());
            Files.write(part, bytes);
            Files.move(part, folder(system, "in").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names in a folder that hold this text. */
    public List<String> names(String system, String folder, String part) {
        Path path = folder(system, folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.map(f -> f.getFileName().toString())
                    .filter(n -> n.contains(part))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() throws IOException {
        server.stop(true);
    }

    /** The text of a reply, empty while it is not there. */
    public String reply(String system, String name) {
        try {
            Path file = folder(system, "reply").resolve(name);
            return Files.exists(file) ? new String(Files.readAllBytes(file), GBK) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
