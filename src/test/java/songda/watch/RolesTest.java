package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What Jolokia answers to each role: {@code y} does it, {@code n} does not, and brings nothing. */
@SpringBootTest(
        classes = Slice.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"songda.admin-port=0", "camel.main.name=songda-roles-test", "management.health.db.enabled=false"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path USERS = Path.of("target", "roles-test-users.csv");
    private static final String PASSWORD = "open for the tests";
    private static final Map<String, String> BEANS = Map.of(
            "context", "org.apache.camel:context=songda-roles-test,type=context,name=\"songda-roles-test\"",
            "route", "org.apache.camel:context=songda-roles-test,type=routes,name=\"orders-receive\"",
            "processor", "org.apache.camel:context=songda-roles-test,type=processors,name=\"record-order\"",
            "endpoint", "org.apache.camel:context=songda-roles-test,type=endpoints,name=\"direct://orders-receive\"",
            "inflight", "org.apache.camel:context=songda-roles-test,type=services,name=DefaultInflightRepository",
            "tracer", "org.apache.camel:context=songda-roles-test,type=tracer,name=BacklogTracer",
            "debugger", "org.apache.camel:context=songda-roles-test,type=tracer,name=BacklogDebugger");

    @Autowired
    Ports ports;

    @Autowired
    CamelContext camel;

    private final Map<Role, Desk> desks = new EnumMap<>(Role.class);

    @DynamicPropertySource
    static void users(DynamicPropertyRegistry properties) throws IOException {
        StringBuilder lines = new StringBuilder("# of a test\n");
        for (Role role : Role.values()) {
            lines.append("a-").append(name(role)).append(',').append(name(role)).append(',');
            lines.append(new BCryptPasswordEncoder(4).encode(PASSWORD)).append('\n');
        }
        Files.writeString(USERS, lines);
        properties.add("songda.admin.users", USERS::toString);
        properties.add("songda.data", () -> "target/roles-test");
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @BeforeAll
    void log_in() throws Exception {
        Slice.load(camel, Slice.ROUTES);
        for (Role role : Role.values()) {
            Desk desk = new Desk(ports.admin());
            assertThat(desk.login("a-" + name(role), PASSWORD)
                            .headers()
                            .firstValue("location")
                            .orElseThrow())
                    .contains("/hawtio/");
            desk.get("/hawtio/user");
            desks.put(role, desk);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        version |                                      |                                   |                  | y | y | y
        search  | org.apache.camel:type=routes,*       |                                   |                  | y | y | y
        list    |                                      |                                   |                  | y | y | y
        read    | route                                |                                   |                  | y | y | y
        read    | route                                | Description                       |                  | y | y | y
        read    | route                                | ExchangesTotal                    |                  | y | y | y
        read    | java.lang:type=Memory                | HeapMemoryUsage                   |                  | y | y | y
        read    | java.lang:type=Runtime               | SystemProperties                  |                  | n | n | n
        read    | java.lang:type=Runtime               | InputArguments                    |                  | n | n | n
        read    | com.sun.management:type=HotSpotDiagnostic | DiagnosticOptions            |                  | n | n | n
        exec    | route                                | dumpRouteAsXml()                  |                  | y | y | y
        exec    | context                              | dumpRoutesAsXml()                 |                  | y | y | y
        exec    | context                              | dumpRoutesStatsAsXml              | true,true        | y | y | y
        exec    | inflight                             | browse()                          |                  | y | y | y
        exec    | java.lang:type=Threading             | findDeadlockedThreads()           |                  | y | y | y
        exec    | route                                | stop()                            |                  | n | y | y
        exec    | route                                | start()                           |                  | n | y | y
        exec    | route                                | suspend()                         |                  | n | y | y
        exec    | route                                | resume()                          |                  | n | y | y
        exec    | route                                | restart()                         |                  | n | y | y
        exec    | route                                | reset(boolean)                    | true             | n | y | y
        exec    | processor                            | reset()                           |                  | n | y | y
        exec    | java.lang:type=Memory                | gc()                              |                  | n | n | y
        exec    | route                                | remove()                          |                  | n | n | n
        exec    | route                                | dumpRouteAsXml(boolean)           | true             | n | n | n
        exec    | route                                | updateRouteFromXml                | <route/>         | n | n | n
        exec    | context                              | sendBody(java.lang.String,java.lang.Object) | direct:orders-receive,x | n | n | n
        exec    | context                              | requestBody(java.lang.String,java.lang.Object) | direct:orders-receive,x | n | n | n
        exec    | context                              | createEndpoint                    | file:/tmp/x      | n | n | n
        exec    | context                              | stop()                            |                  | n | n | n
        exec    | context                              | suspend()                         |                  | n | n | n
        exec    | endpoint                             | browseAllMessagesAsXml            | true             | n | n | n
        exec    | tracer                               | dumpAllTracedMessagesAsXml()      |                  | n | n | n
        exec    | debugger                             | enableDebugger()                  |                  | n | n | n
        exec    | com.sun.management:type=DiagnosticCommand | vmFlags                      | x                | n | n | n
        exec    | com.sun.management:type=HotSpotDiagnostic | dumpHeap                     | /tmp/x.hprof,true | n | n | n
        exec    | jdk.management.jfr:type=FlightRecorder | newRecording()                  |                  | n | n | n
        exec    | java.util.logging:type=Logging       | setLoggerLevel                    | x,INFO           | n | n | n
        exec    | JMImplementation:type=MBeanServerDelegate | anything                     |                  | n | n | n
        write   | java.lang:type=Memory                | Verbose                           | true             | n | n | n
        write   | route                                | TracingEnabled                    | true             | n | n | n
        """)
    void each_role_may_what_the_table_says(
            String type, String bean, String what, String arguments, String viewer, String operator, String admin)
            throws IOException {
        assertThat(answered(Role.VIEWER, type, bean, what, arguments)).isEqualTo(viewer);
        assertThat(answered(Role.OPERATOR, type, bean, what, arguments)).isEqualTo(operator);
        assertThat(answered(Role.ADMIN, type, bean, what, arguments)).isEqualTo(admin);
    }

    private String answered(Role role, String type, String bean, String what, String arguments) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("type", type);
        if (bean != null) {
            request.put("mbean", BEANS.getOrDefault(bean, bean));
        }
        if (what != null) {
            request.put(type.equals("exec") ? "operation" : "attribute", what);
        }
        if (arguments != null && type.equals("write")) {
            request.put("value", arguments);
        } else if (arguments != null) {
            for (String argument : arguments.split(",")) {
                request.withArray("arguments").add(argument);
            }
        }
        JsonNode answer =
                JSON.readTree(desks.get(role).jolokia(request.toString()).body());
        boolean done = answer.path("status").asInt() == 200;
        assertThat(done || !answer.hasNonNull("value")).as(answer.toString()).isTrue();
        return done ? "y" : "n";
    }

    @Test
    void a_viewer_is_shown_locked_buttons_where_an_operator_is_not() throws IOException {
        assertThat(locked(Role.VIEWER, "stop()")).isTrue();
        assertThat(locked(Role.OPERATOR, "stop()")).isFalse();
        assertThat(locked(Role.ADMIN, "remove()")).isTrue();
        assertThat(locked(Role.VIEWER, "dumpRouteAsXml()")).isFalse();
    }

    private boolean locked(Role role, String operation) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("type", "exec")
                .put("mbean", "hawtio:type=security,area=jmx,name=\"songda-roles-test\"")
                .put("operation", "canInvoke(java.util.Map)");
        request.putArray("arguments").addObject().putArray(BEANS.get("route")).add(operation);
        JsonNode answer =
                JSON.readTree(desks.get(role).jolokia(request.toString()).body());
        return !answer.path("value").findValue(operation).path("CanInvoke").asBoolean();
    }

    @Test
    void the_single_user_is_nobody_where_there_is_a_file() {
        assertThat(new Desk(ports.admin()).login("operator", PASSWORD).headers().firstValue("location"))
                .hasValue("/login?wrong");
    }
}
