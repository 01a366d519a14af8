package songda.watch;

import java.util.Map;
import javax.management.JMException;
import org.jolokia.server.core.http.AgentServlet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Jolokia, through which Hawtio sees the hub; only on the admin port, behind the login. */
@Configuration(proxyBeanMethods = false)
class HawtioServer {

    @Bean
    HawtioRules hawtioRules() {
        return new HawtioRules(new Audit());
    }

    @Bean
    HawtioLocks hawtioLocks(HawtioRules rules, @Value("${camel.main.name:songda}") String application)
            throws JMException {
        return new HawtioLocks(rules, application);
    }

    @Bean
    ServletRegistrationBean<AgentServlet> jolokia(HawtioRules rules) {
        var servlet = new ServletRegistrationBean<>(new AgentServlet(rules), "/hawtio/jolokia/*");
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
