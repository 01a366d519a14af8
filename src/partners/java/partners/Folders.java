package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The SFTP server across the air gap: user {@code gov} drops ZIPs of orders and reads replies, user {@code receipt85} drops files of receipts and
 * reads {@code .err}. Each has a root of its own with the folder {@code in}; what the hub moves and writes stands in the partner's journal. Its
 * host key is always the same one, of no worth to anybody.
 */
final class Folders implements Partner {
    static final String PASSWORD = "stand-in";
    static final Charset GBK = Charset.forName("GB18030");

    private final Behaviour behaviour = new Behaviour();
    private final Path root;
    private final Map<String, Journal> journals;
    private volatile Moved moved = (folder, name, text) -> {};
    private int port;
    private SshServer server;

    /** Hears of each file that the hub has moved: into which folder, and what a reply says. */
    interface Moved {
        void to(String folder, String name, String text);
    }

    void onMoved(Moved listener) {
        moved = listener;
    }

    /** @param journals by user; @param root a folder for each of them lies in it */
    Folders(int port, Path root, Map<String, Journal> journals) {
        this.port = port;
        this.root = root;
        this.journals = journals;
        try {
            for (String user : journals.keySet())
                Files.createDirectories(root.resolve(user).resolve("in"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what lay there. */
    static void empty(Path root) throws IOException {
        if (!Files.exists(root)) return;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /** A file is there whole under its name, or under {@code .part} for who asks for half of it. */
    void drop(String user, String name, byte[] bytes, boolean marker, boolean half) throws IOException {
        drop(user, name, bytes, marker, half, Json.object());
    }

    /** @param holds what else the journal says of it: {@code {"orders": […]}} or {@code {"rows": […]}} */
    void drop(String user, String name, byte[] bytes, boolean marker, boolean half, ObjectNode holds)
            throws IOException {
        Path in = root.resolve(user).resolve("in");
        Path part = in.resolve(name + ".part");
        Files.write(part, bytes);
        ObjectNode body = holds.put("name", name).put("bytes", bytes.length).put("half", half);
        journals.get(user).out("file", name, half ? 0 : 200, null, body, null);
        if (half) return;
        Files.move(part, in.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        if (marker) Files.write(in.resolve(name.replaceFirst("\\.[^.]*$", "") + ".ok"), new byte[0]);
    }

    @Override
    public synchronized void start() throws IOException {
        if (server != null) return;
        SshServer fresh = SshServer.setUpDefaultServer();
        fresh.setHost("127.0.0.1");
        fresh.setPort(port);
        fresh.setKeyPairProvider(KeyPairProvider.wrap(hostKey()));
        fresh.setPasswordAuthenticator(
                (user, password, session) -> journals.containsKey(user) && password.equals(PASSWORD) && lets());
        VirtualFileSystemFactory roots = new VirtualFileSystemFactory();
        for (String user : journals.keySet())
            roots.setUserHomeDir(user, root.resolve(user).toAbsolutePath());
        fresh.setFileSystemFactory(roots);
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.addSftpEventListener(new Watch());
        fresh.setSubsystemFactories(List.of(sftp));
        fresh.start();
        port = fresh.getPort();
        server = fresh;
    }

    private boolean lets() {
        Behaviour.Turn turn = behaviour.next();
        turn.waitIfSlow();
        return turn.mode() == Behaviour.Mode.OK || turn.mode() == Behaviour.Mode.SLOW;
    }

    /** What the hub does in the folders. */
    private final class Watch implements SftpEventListener {
        @Override
        public void moved(ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable thrown) {
            Journal journal = journals.get(session.getUsername());
            if (thrown != null || journal == null) return;
            String folder = to.getParent().getFileName().toString();
            ObjectNode body = Json.object().put("from", from.toString()).put("to", to.toString());
            String text = folder.equals("reply") ? text(to) : null;
            if (text != null) body.put("text", text);
            journal.in(folder, to.getFileName().toString(), 200, null, body, null);
            moved.to(folder, to.getFileName().toString(), text);
        }

        private String text(Path reply) {
            try {
                return new String(Files.readAllBytes(reply), GBK);
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** The same at every start, made of a sentence. */
    private static KeyPair hostKey() {
        try {
            byte[] seed = MessageDigest.getInstance("SHA-256")
                    .digest("host key of Songda's stand-ins".getBytes(StandardCharsets.US_ASCII));
            BigInteger secret = new BigInteger(1, seed).shiftRight(1);
            ECPoint point = SECNamedCurves.getByName("secp256r1")
                    .getG()
                    .multiply(secret)
                    .normalize();
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
            KeyFactory keys = KeyFactory.getInstance("EC");
            java.security.spec.ECPoint w = new java.security.spec.ECPoint(
                    point.getAffineXCoord().toBigInteger(),
                    point.getAffineYCoord().toBigInteger());
            return new KeyPair(
                    keys.generatePublic(new ECPublicKeySpec(w, curve)),
                    keys.generatePrivate(new ECPrivateKeySpec(secret, curve)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    @Override
    public synchronized void stop() {
        try {
            if (server != null) server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = null;
    }

    @Override
    public Options.Place place() {
        return Options.Place.files;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized boolean running() {
        return server != null;
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public Journal journal() {
        return journals.get("gov");
    }
}
