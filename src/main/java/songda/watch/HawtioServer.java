package songda.watch;

import java.util.Map;
import org.jolokia.server.core.http.AgentServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Jolokia, through which Hawtio sees the hub; only on the admin port, behind the login. */
@Configuration(proxyBeanMethods = false)
@Import({HawtioPages.class, LoginPage.class})
class HawtioServer {

    @Bean
    ServletRegistrationBean<AgentServlet> jolokia() {
        var servlet = new ServletRegistrationBean<>(new AgentServlet(new HawtioRules(new Audit())), "/hawtio/jolokia/*");
        servlet.setName("jolokia");
        servlet.setInitParameters(Map.of(
                "mimeType", "application/json",
                "includeStackTrace", "false",
                "allowErrorDetails", "true",
                "discoveryEnabled", "false",
                "agentDescription", "songda"));
        servlet.setLoadOnStartup(1);
        return servlet;
    }
}
