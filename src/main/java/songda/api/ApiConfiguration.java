package songda.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.camel.component.servlet.ServletComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.MimeMappings;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import songda.configuration.ConfigurationDesk;
import songda.postal.EmsPush;
import songda.postal.MailPush;
import songda.signature.NonceStore;
import songda.signature.SignatureVerifier;
import songda.sms.AliyunAccount;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiSettings.class)
class ApiConfiguration {

    /** Before Spring Security, whose firewall would answer in its own words. */
    private static final int FIRST = -200;

    // Camel keeps its servlets in a static map by name; two contexts in one JVM (tests) must not meet there.
    private final String servletName = "songda-" + UUID.randomUUID();

    @Bean
    ProblemWriter problemWriter() {
        return new ProblemWriter();
    }

    @Bean
    FilterRegistrationBean<Filter> correlationFilter(ProblemWriter problems) {
        return onApi(new CorrelationFilter(problems), FIRST);
    }

    @Bean
    FilterRegistrationBean<Filter> admissionFilter(ApiSettings settings, ProblemWriter problems) {
        return onApi(new AdmissionFilter(settings, problems), FIRST + 1);
    }

    @Bean
    Drain drain(ApiSettings settings) {
        return new Drain(settings.drain());
    }

    @Bean
    DiskRoom diskRoom(@Value("${songda.data:.}") Path data, ApiSettings settings) {
        return new DiskRoom(data, settings);
    }

    @Bean
    Shedding shedding(MeterRegistry registry) {
        return new Shedding(registry);
    }

    /** After the body has arrived, so that a sender who is slow holds no place; before anything is read in it. */
    @Bean
    FilterRegistrationBean<Filter> loadFilter(
            ApiSettings settings, Drain drain, DiskRoom disk, Shedding shedding, ProblemWriter problems) {
        return onApi(new LoadFilter(settings, drain, disk, shedding, problems), FIRST + 2);
    }

    @Bean
    FilterRegistrationBean<Filter> pushFilter(EmsPush pushes, ProblemWriter problems) {
        FilterRegistrationBean<Filter> bean = onApi(new PushFilter(pushes, problems), FIRST + 3);
        bean.setUrlPatterns(List.of("/api/postal/pushes"));
        return bean;
    }

    @Bean
    FilterRegistrationBean<Filter> smsPushFilter(AliyunAccount account, ProblemWriter problems) {
        FilterRegistrationBean<Filter> bean = onApi(new SmsPushFilter(account, problems), FIRST + 3);
        bean.setUrlPatterns(List.of("/api/sms/*"));
        return bean;
    }

    @Bean
    FilterRegistrationBean<Filter> mailsFilter(MailPush pushes, ProblemWriter problems) {
        FilterRegistrationBean<Filter> bean = onApi(new MailsFilter(pushes, problems), FIRST + 3);
        bean.setUrlPatterns(List.of("/api/postal/mails"));
        return bean;
    }

    @Bean
    FilterRegistrationBean<Filter> signatureFilter(
            SignatureVerifier verifier, NonceStore nonces, ProblemWriter problems) {
        return onApi(new SignatureFilter(verifier, nonces, problems), FIRST + 4);
    }

    @Bean
    FilterRegistrationBean<Filter> operationFilter(ProblemWriter problems, @Value("${songda.routes}") Path routes)
            throws IOException {
        Operations operations =
                Operations.read(new ClassPathResource("static/openapi.yaml").getInputStream(), routes.resolve("edge"));
        return onApi(new OperationFilter(operations, problems), FIRST + 5);
    }

    private static FilterRegistrationBean<Filter> onApi(Filter filter, int order) {
        FilterRegistrationBean<Filter> bean = new FilterRegistrationBean<>(filter);
        bean.addUrlPatterns("/api/*");
        bean.setOrder(order);
        bean.setAsyncSupported(false);
        return bean;
    }

    @Bean
    ServletRegistrationBean<ApiServlet> apiServlet() {
        ServletRegistrationBean<ApiServlet> bean = new ServletRegistrationBean<>(new ApiServlet(), "/api/*");
        bean.setName(servletName);
        bean.setAsyncSupported(false);
        bean.setLoadOnStartup(1);
        return bean;
    }

    /** Stands beside the routes, which it switches: no configuration can take it away. */
    @Bean
    ServletRegistrationBean<ConfigurationServlet> configurationServlet(
            ObjectProvider<ConfigurationDesk> desk, NonceStore nonces, ProblemWriter problems) {
        ServletRegistrationBean<ConfigurationServlet> bean = new ServletRegistrationBean<>(
                new ConfigurationServlet(desk, nonces, problems), ConfigurationServlet.PATH + "/*");
        bean.setName("configuration");
        bean.setAsyncSupported(false);
        return bean;
    }

    /** What {@code servlet:} means in a route. */
    @Bean("servlet")
    ServletComponent servletComponent(ProblemWriter problems) {
        ServletComponent servlet = new ServletComponent();
        servlet.setServletName(servletName);
        servlet.setHttpBinding(new SongdaHttpBinding(problems));
        return servlet;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemErrors() {
        return factory -> {
            factory.addContextCustomizers(context -> {
                context.getParent().getPipeline().addValve(new ProblemErrorValve());
                ((org.apache.catalina.core.StandardHost) context.getParent())
                        .setErrorReportValveClass(ProblemErrorValve.class.getName());
            });
            MimeMappings types = new MimeMappings(factory.getSettings().getMimeMappings());
            types.add("yaml", "application/yaml");
            factory.setMimeMappings(types);
        };
    }
}
