package songda.route;

import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import songda.trace.Followed;
import songda.trace.TraceContext;

/** How the hub calls its partners over HTTP. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean("http")
    HttpComponent httpComponent() {
        return client();
    }

    /**
     * What {@code https:} means in a route. The partner's certificate and name are always checked.
     *
     * @param bundle name of a {@code spring.ssl.bundle}: the certificate that the hub shows, and whom it trusts; empty: none shown, and whom
     *     the JDK trusts
     */
    @Bean("https")
    HttpComponent httpsComponent(@Value("${songda.tls.bundle}") String bundle, SslBundles bundles) {
        HttpComponent https = client();
        if (!bundle.isBlank()) {
            https.setSslContextParameters(new Bundle(bundles.getBundle(bundle)));
        }
        return https;
    }

    /**
     * Time-outs for every partner; redirects are never followed, nothing is sent twice. Camel makes a pool of connections for each endpoint, as long as
     * nobody sets one manager for all: a partner that is slow fills its own.
     */
    private static HttpComponent client() {
        HttpComponent http = new HttpComponent();
        // An attempt is one call: the client's own second try would be neither counted nor fenced.
        http.setHttpClientConfigurer(client -> client.disableAutomaticRetries()
                .addRequestInterceptorFirst((request, entity, context) ->
                        Followed.header().ifPresent(trace -> request.setHeader(TraceContext.HEADER, trace))));
        http.setConnectionRequestTimeout(5000);
        http.setConnectTimeout(5000);
        http.setResponseTimeout(10_000);
        http.setFollowRedirects(false);
        http.setMaxTotalConnections(200);
        http.setConnectionsPerRoute(20);
        return http;
    }

    /** Spring's certificates in Camel's words. */
    private static final class Bundle extends SSLContextParameters {

        private final SslBundle bundle;

        private Bundle(SslBundle bundle) {
            this.bundle = bundle;
        }

        @Override
        public SSLContext createSSLContext(CamelContext context) {
            return bundle.createSslContext();
        }
    }
}
