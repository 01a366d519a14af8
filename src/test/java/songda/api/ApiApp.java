package songda.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.secret.SecretFile;
import songda.signature.NonceStore;

/** The public port alone: real Tomcat, real filters, real Camel; the routes say what reached them. No database. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
@ComponentScan(
        basePackages = {"songda.signature", "songda.postal"},
        includeFilters = {},
        excludeFilters =
                @ComponentScan.Filter(
                        type = org.springframework.context.annotation.FilterType.REGEX,
                        pattern = "songda\\.(signature\\.SqlNonceStore|.*Test.*)"))
@Import({ApiConfiguration.class, ProblemController.class, SecretFile.class, songda.sms.AliyunAccount.class})
class ApiApp {

    @Bean
    NonceStore nonces() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return caller -> {
            if (!seen.add(caller.keyId() + " " + caller.nonce())) {
                throw new Refused(NonceStore.REPLAYED);
            }
        };
    }

    /** As the hub's own rules for the public port. */
    @Bean
    SecurityFilterChain open(HttpSecurity http) {
        return http.authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("servlet:/v1/orders?httpMethodRestrict=POST")
                        .routeId("post")
                        .process(ApiApp::tell);
                from("servlet:/v1/orders?httpMethodRestrict=GET")
                        .routeId("list")
                        .process(ApiApp::tell);
                from("servlet:/v1/orders/{orderNo}?httpMethodRestrict=GET")
                        .routeId("show")
                        .process(ApiApp::tell);
                from("servlet:/v1/events").routeId("events").process(ApiApp::misbehave);
            }
        };
    }

    /** Answers with all that the route can see. */
    private static void tell(Exchange exchange) {
        var seen = JsonNodeFactory.instance.objectNode();
        var headers = seen.putObject("headers");
        new TreeMap<>(exchange.getIn().getHeaders()).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        seen.put("body", new String(exchange.getIn().getBody(byte[].class), StandardCharsets.UTF_8));
        seen.put("raw", exchange.getProperty("raw", byte[].class).length);
        seen.put("caller", exchange.getProperty("caller").getClass().getSimpleName());
        exchange.getMessage().setBody(seen);
        exchange.getMessage().setHeader("Set-Cookie", "must=not-leave");
        exchange.getMessage()
                .setHeader(
                        Exchange.HTTP_RESPONSE_CODE,
                        "POST".equals(headers.path("method").asText()) ? 201 : 200);
    }

    private static void misbehave(Exchange exchange) {
        String how = exchange.getIn().getBody(String.class);
        if (how.contains("refuse")) {
            throw new Refused(Problem.of(
                    422,
                    "invalid-order",
                    "订单不符合约定",
                    "The order breaks its contract",
                    new Problem.Field("/orderNo", "too long")));
        }
        if (how.contains("no database")) {
            throw new DataAccessResourceFailureException("canary-of-exception jdbc:postgresql://db");
        }
        if (how.contains("constraint")) {
            throw new DataIntegrityViolationException("canary-of-exception Key (phone)=(13812341234)");
        }
        if (how.contains("rolled back")) {
            exchange.setRollbackOnly(true);
            return;
        }
        if (how.contains("bytes")) {
            exchange.getMessage().setHeader("Content-Type", "text/plain;charset=UTF-8");
            exchange.getMessage().setBody("好".getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (how.contains("another message")) {
            exchange.setIn(new DefaultMessage(exchange));
            exchange.getIn().setBody("{}");
            return;
        }
        if (how.contains("nothing")) {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
            exchange.getMessage().setBody(null);
            return;
        }
        throw new IllegalStateException("canary-of-exception 13812341234");
    }
}
