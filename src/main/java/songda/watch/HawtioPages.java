package songda.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Hawtio's pages, and the few answers its client asks a server for. Hawtio's own server side needs an older Spring
 * Boot.
 */
@RestController
final class HawtioPages implements WebMvcConfigurer {

    private static final String PAGES = "classpath:/hawtio-static/";
    private final String configuration;
    private final List<HawtioPlugin> plugins;

    HawtioPages(ObjectProvider<HawtioPlugin> plugins) throws IOException {
        this.plugins = plugins.orderedStream().toList();
        configuration =
                new ClassPathResource("songda/watch/hawtconfig.json").getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addRedirectViewController("/", "/hawtio/");
        views.addRedirectViewController("/hawtio", "/hawtio/");
        views.addViewController("/hawtio/").setViewName("forward:/hawtio/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry pages) {
        pages.addResourceHandler("/hawtio/static/**")
                .addResourceLocations(PAGES + "static/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable());
        pages.addResourceHandler("/hawtio/brand/**")
                .addResourceLocations("classpath:/songda/watch/brand/")
                .setCacheControl(CacheControl.noCache());
        pages.addResourceHandler("/hawtio/**")
                .addResourceLocations(PAGES)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true)
                .addResolver(new DeepLinks());
    }

    @GetMapping("/hawtio/user")
    String user(Principal user) {
        return "\"" + user.getName().replaceAll("[^\\w.@-]", "_") + "\"";
    }

    @GetMapping("/hawtio/hawtconfig.json")
    ResponseEntity<String> configuration() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(configuration);
    }

    @GetMapping("/hawtio/plugin")
    List<HawtioPlugin> plugins() {
        return plugins;
    }

    @GetMapping("/hawtio/preset-connections")
    List<String> none() {
        return List.of();
    }

    @GetMapping("/hawtio/auth/config/login")
    List<Map<String, String>> logins() {
        return List.of(Map.of("method", "external", "name", "Songda 送达", "logoutUrl", "auth/logout"));
    }

    /** The session ends half an hour after the last look; the pages need not count it down. */
    @GetMapping("/hawtio/auth/config/session-timeout")
    Map<String, Integer> sessionTimeout() {
        return Map.of("timeout", -1);
    }

    /** No single sign-on: nothing, which the client takes without a complaint. */
    @GetMapping("/hawtio/auth/config/oidc")
    ResponseEntity<Void> singleSignOn() {
        return ResponseEntity.noContent().build();
    }

    @GetMapping({"/hawtio/keycloak/enabled", "/hawtio/proxy/enabled"})
    boolean switchedOff() {
        return false;
    }

    /** A page's address inside Hawtio is not a file: it is answered with Hawtio's one page. */
    private static final class DeepLinks extends PathResourceResolver {

        @Override
        protected Resource getResource(String path, Resource location) throws IOException {
            Resource file = super.getResource(path, location);
            return file != null || isFileOrService(path) ? file : super.getResource("index.html", location);
        }

        private static boolean isFileOrService(String path) {
            String last = path.substring(path.lastIndexOf('/') + 1);
            return last.contains(".") || path.matches("(auth|jolokia|keycloak|oidc|proxy)(/.*)?");
        }
    }
}
