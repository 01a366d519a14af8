package songda.watch;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * The two ports of the hub, on one Tomcat: the public one for other systems, the admin one for operators.
 * The numbers are those really bound, so that 0 (any free port) works, too.
 */
public final class Ports implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Connector admin = new Connector();
    private final String adminAddress;
    private volatile int http = -1;

    Ports(int adminPort, String adminAddress) {
        this.adminAddress = adminAddress;
        admin.setPort(adminPort);
        admin.setProperty("address", adminAddress);
        // Hawtio's pages are 10 MB of text; only they are compressed, never what may carry a token.
        admin.setProperty("compression", "on");
        admin.setProperty("compressibleMimeType", "text/javascript,text/css,image/svg+xml");
        admin.setXpoweredBy(false);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addAdditionalConnectors(admin);
    }

    @EventListener
    void started(ServletWebServerInitializedEvent event) {
        http = event.getWebServer().getPort();
    }

    /** The public port; -1 before the server runs. */
    public int http() {
        return http;
    }

    /** The admin port; -1 before the server runs. */
    public int admin() {
        return admin.getLocalPort();
    }

    /** The address the admin port is bound to, loopback unless configured otherwise. */
    public String adminAddress() {
        return adminAddress;
    }

    /** Whatever did not come in by the admin port is public. */
    boolean isAdmin(HttpServletRequest request) {
        return request.getLocalPort() == admin();
    }
}
