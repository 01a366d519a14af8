package songda.watch;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CompositeHeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import songda.failure.Problem;

/** Two ports, two rules: partners are known by their signatures (elsewhere), operators by a login. */
@Configuration(proxyBeanMethods = false)
class LoginSecurity {

    /** What Hawtio's pages need and no more; styles are made by script there. */
    static final String CONTENT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
            + "frame-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'";

    /** The board's own files and nothing else. Hawtio shows it in a frame. */
    static final String BOARD_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    private static final RequestMatcher BOARD =
            request -> request.getServletPath().startsWith("/board");
    private static final Problem LOGIN_FIRST = Problem.of(401, "login-required", "请先登录", "Log in first");
    private static final Problem FORBIDDEN =
            Problem.of(403, "forbidden", "不允许的操作，或页面已过期，请刷新后再试", "Not allowed, or the page is out of date: reload it");

    @Bean
    Ports ports(
            @Value("${songda.admin-port:8081}") int adminPort,
            @Value("${songda.admin-address:127.0.0.1}") String adminAddress) {
        return new Ports(adminPort, adminAddress);
    }

    @Bean
    FilterRegistrationBean<PortFilter> portFilter(Ports ports) {
        var filter = new FilterRegistrationBean<>(new PortFilter(ports, new Answers()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }

    /** A timer around each of a dozen filters costs more than the filters; requests and routes are measured as wholes. */
    @Bean
    SecurityObservationSettings noTimerForEachFilter() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    Operator operator(
            @Value("${songda.admin.user:operator}") String user,
            @Value("${songda.admin.password:}") String password,
            @Value("${songda.admin.users:}") String users,
            @Value("${songda.data:data}") String data) {
        boolean made = password.isBlank() && users.isBlank();
        return new Operator(user, made ? Optional.of(Path.of(data, "admin-password")) : Optional.empty());
    }

    @Bean
    AuthenticationProvider guardedLogin(
            Operator operator,
            @Value("${songda.admin.password:}") String configured,
            @Value("${songda.admin.users:}") String users) {
        var encoder = new BCryptPasswordEncoder();
        List<UserDetails> accounts =
                users.isBlank() ? List.of(single(operator, configured, encoder)) : Users.read(Path.of(users));
        var passwords = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(accounts));
        passwords.setPasswordEncoder(encoder);
        return new GuardedLogin(passwords, new Lockout(InstantSource.system()));
    }

    /** Where nobody has made a file of users there is one, who may everything. */
    private static UserDetails single(Operator operator, String configured, PasswordEncoder encoder) {
        String password = operator.passwordFile().map(Password::inFile).orElse(configured);
        if (password.getBytes(StandardCharsets.UTF_8).length > 72) {
            throw new IllegalArgumentException("songda.admin.password is longer than 72 bytes: choose a shorter one");
        }
        return User.withUsername(operator.user())
                .password(encoder.encode(password))
                .authorities(Users.rights(Role.ADMIN, true))
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain publicPort(HttpSecurity http, Ports ports) {
        var answers = new Answers();
        return http.securityMatcher(request -> !ports.isAdmin(request))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/api/**", "/openapi.yaml", "/livez", "/readyz", "/problems/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // Nobody logs in here, so what is not for all is not there at all.
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, e) -> answers.send(PortFilter.NOT_HERE, request, response))
                        .accessDeniedHandler(
                                (request, response, e) -> answers.send(PortFilter.NOT_HERE, request, response)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain adminPort(HttpSecurity http, @Value("${songda.metrics.token:}") String metricsToken) {
        var answers = new Answers();
        var pages = new HttpSessionRequestCache();
        pages.setRequestMatcher(LoginSecurity::isPage);
        return http.authorizeHttpRequests(
                        rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers("/login", "/actuator/health", "/actuator/health/**")
                                .permitAll()
                                .requestMatchers("/actuator/prometheus")
                                .access(new MetricsReader(metricsToken))
                                .requestMatchers(HttpMethod.POST, "/hawtio/jolokia/**")
                                .authenticated()
                                .requestMatchers(LoginSecurity::asksWhetherJolokiaIsThere)
                                .authenticated()
                                .requestMatchers("/hawtio/jolokia/**")
                                .denyAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form ->
                        form.loginPage("/login").defaultSuccessUrl("/hawtio/").failureHandler(LoginSecurity::refused))
                .logout(logout -> logout.logoutRequestMatcher(logoutRequests())
                        .logoutSuccessUrl("/login?bye")
                        .deleteCookies("SONGDA"))
                .csrf(CsrfConfigurer::spa)
                .requestCache(cache -> cache.requestCache(pages))
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                        .addHeaderWriter(policy(BOARD, BOARD_POLICY, XFrameOptionsMode.SAMEORIGIN))
                        .addHeaderWriter(
                                policy(new NegatedRequestMatcher(BOARD), CONTENT_POLICY, XFrameOptionsMode.DENY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, e) -> askForLogin(answers, request, response))
                        .accessDeniedHandler((request, response, e) -> forbid(answers, request, response)))
                .build();
    }

    private static HeaderWriter policy(RequestMatcher where, String policy, XFrameOptionsMode framed) {
        return new DelegatingRequestMatcherHeaderWriter(
                where,
                new CompositeHeaderWriter(
                        List.of(new ContentSecurityPolicyHeaderWriter(policy), new XFrameOptionsHeaderWriter(framed))));
    }

    /** Hawtio logs out by following a link; a link on a foreign site must not do that. */
    private static RequestMatcher logoutRequests() {
        var paths = PathPatternRequestMatcher.withDefaults();
        RequestMatcher link = paths.matcher(HttpMethod.GET, "/hawtio/auth/logout");
        return new OrRequestMatcher(
                paths.matcher(HttpMethod.POST, "/logout"),
                request -> link.matches(request) && !"cross-site".equals(request.getHeader("Sec-Fetch-Site")));
    }

    /** A person's browser goes to the login page; a script is told 401, or it would take that page for its answer. */
    private static void askForLogin(Answers answers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (isPage(request)) {
            response.sendRedirect("/login");
        } else {
            answers.send(LOGIN_FIRST, request, response);
        }
    }

    private static void forbid(Answers answers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getServletPath().equals("/login")) {
            response.sendRedirect("/login?again");
        } else {
            answers.send(FORBIDDEN, request, response);
        }
    }

    private static void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.sendRedirect(e instanceof LockedException ? "/login?paused" : "/login?wrong");
    }

    /** Hawtio's first request; it is answered with a version. Any other GET could be a link that does something. */
    private static boolean asksWhetherJolokiaIsThere(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getRequestURI().equals("/hawtio/jolokia")
                && request.getQueryString() == null;
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
    }
}
