package songda.drop;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** Connects to one partner's SFTP server. Who it is is checked by its fingerprint, always; nothing of the user's own ~/.ssh is read. */
final class Remotes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Server server;
    private SshClient client;

    Remotes(Server server) {
        this.server = server;
    }

    /** @throws IOException the server is away, is another one, or lets nobody in */
    synchronized Remote open() throws IOException {
        ClientSession session = client().connect(server.user(), server.host(), server.port())
                .verify(PATIENCE)
                .getSession();
        try {
            if (!server.byKey()) {
                session.addPasswordIdentity(server.password());
            }
            session.auth().verify(PATIENCE);
            Remote remote = new Remote(session, server.folder() == null ? "" : server.folder());
            for (String folder : List.of(Inbox.TAKEN, Inbox.DONE, Inbox.ERROR, Inbox.REPLY)) {
                remote.folder(folder);
            }
            return remote;
        } catch (IOException | RuntimeException e) {
            session.close(true);
            throw e;
        }
    }

    private SshClient client() {
        if (client == null) {
            client = SshClient.setUpDefaultClient();
            client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            client.setKeyIdentityProvider(
                    server.byKey()
                            ? new FileKeyPairProvider(Path.of(server.key()))
                            : KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            client.setServerKeyVerifier((session, address, key) -> known(key));
            client.setAgentFactory(null);
            CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ofSeconds(60));
            CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ofMinutes(2));
            client.start();
        }
        return client;
    }

    private boolean known(PublicKey key) {
        return server.fingerprints().contains(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
            client = null;
        }
    }
}
