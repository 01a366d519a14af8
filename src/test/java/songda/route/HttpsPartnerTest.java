package songda.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** A partner behind TLS who wants to see the hub's certificate: the JDK's HTTPS server, with certificates made by keytool. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpsPartnerTest {

    private static final String PASSWORD = "for-this-test";
    private final List<String> callers = new CopyOnWriteArrayList<>();
    private Path folder;
    private HttpsServer partner;

    @BeforeAll
    void a_partner(@TempDir Path folder) throws Exception {
        this.folder = folder;
        identity("partner", "CN=127.0.0.1", "san=ip:127.0.0.1");
        identity("hub", "CN=songda-hub", "san=dns:songda.example");
        identity("stranger", "CN=127.0.0.1", "san=ip:127.0.0.1");
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store("partner"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusting("hub"));
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        partner = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        partner.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        partner.createContext("/", exchange -> {
            callers.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal() + " "
                    + exchange.getRequestURI().getPath());
            if (exchange.getRequestURI().getPath().equals("/moved")) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(200, -1);
            }
            exchange.close();
        });
        partner.start();
    }

    private void identity(String name, String subject, String alternative) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", subject, "-ext", alternative));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file(name).toString(), "-storepass", PASSWORD));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }

    private Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    private KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private KeyStore trusting(String name) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, store(name).getCertificate(name));
        return trusted;
    }

    /** @return what came back; the exception of the exchange is in it */
    private Exchange call(String path, String identity, String trusted) throws Exception {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle(
                "partners",
                SslBundle.of(
                        SslStoreBundle.of(identity == null ? null : store(identity), PASSWORD, trusting(trusted))));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("https", new HttpConfiguration().httpsComponent("partners", bundles));
            camel.start();
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody("{}");
            return camel.createProducerTemplate()
                    .send("https:127.0.0.1:" + partner.getAddress().getPort() + path, exchange);
        }
    }

    @Test
    void the_hub_shows_its_certificate() throws Exception {
        Exchange answer = call("/known", "hub", "partner");
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
        assertThat(callers).contains("CN=songda-hub /known");
    }

    @Test
    void a_hub_without_the_right_certificate_is_not_heard() throws Exception {
        assertThat(call("/unknown", "stranger", "partner").getException()).isInstanceOf(IOException.class);
        assertThat(call("/unknown", null, "partner").getException()).isInstanceOf(IOException.class);
        assertThat(callers).noneMatch(it -> it.endsWith("/unknown"));
    }

    @Test
    void a_partner_whom_nobody_vouches_for_hears_nothing() throws Exception {
        assertThat(call("/false", "hub", "stranger").getException()).isInstanceOf(SSLHandshakeException.class);
        assertThat(callers).noneMatch(it -> it.endsWith("/false"));
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
        assertThat(call("/moved", "hub", "partner").getException()).hasMessageContaining("302");
        assertThat(callers).contains("CN=songda-hub /moved").noneMatch(it -> it.endsWith("/elsewhere"));
    }

    @AfterAll
    void goodbye() {
        partner.stop(0);
    }
}
