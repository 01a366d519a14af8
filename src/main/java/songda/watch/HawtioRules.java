package songda.watch;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What somebody may ask of the hub, by the role, through Hawtio. Operations are listed one by one, so whatever a later Camel adds
 * is closed until somebody opens it here. Nothing that shows or sends a message is open: messages hold personal data.
 */
class HawtioRules implements Restrictor {

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);

    /** Not even listed: they show messages, run code, write files or hold secrets. */
    private static final List<ObjectName> HIDDEN = names(
            "org.apache.camel:type=tracer,*",
            "org.apache.camel:name=*ErrorRegistry*,*",
            "org.apache.camel:name=*VariableRepository*,*",
            "com.sun.management:*",
            "jdk.management.jfr:*",
            "JMImplementation:*",
            "java.util.logging:*",
            "ch.qos.logback*:*",
            "org.apache.logging*:*",
            "*:type=MLet,*",
            "jolokia*:*");

    private static final Pattern SECRET_ATTRIBUTE = Pattern.compile(
            ".*(password|secret|credential|token|systemproperties|inputarguments|globaloptions).*",
            Pattern.CASE_INSENSITIVE);

    /** Asked hundreds of times by every page, and only says what is written here. */
    private static final ObjectName LOCKS = name("hawtio:type=security,area=jmx,*");

    /** @param least who may do it */
    record Rule(ObjectName beans, Pattern operations, Role least) {}

    private static final List<Rule> RULES = List.of(
            // With arguments these would fill in settings, and passwords with them.
            looks("org.apache.camel:type=context,*", "dump(Routes|RouteTemplates|Rests)As(Xml|Yaml)\\(\\)"),
            looks("org.apache.camel:type=routes,*", "dumpRouteAs(Xml|Yaml)\\(\\)"),
            looks(
                    "org.apache.camel:type=context,*",
                    any("dumpRoutesStatsAsXml|dumpStepStatsAsXml|(component|language|dataFormat)Names|routeIds")),
            looks(
                    "org.apache.camel:type=routes,*",
                    any("dumpRouteStatsAsXml|dumpStepStatsAsXml|dumpRouteSourceLocationsAsXml|processorIds")),
            looks("org.apache.camel:name=*InflightRepository*,*", any("browse|size")),
            looks("org.apache.camel:name=*AsyncProcessorAwaitManager*,*", any("browse")),
            looks("org.apache.camel:name=*RuntimeEndpointRegistry*,*", any("endpointStatistics")),
            looks("org.apache.camel:name=*EndpointRegistry*,*", any("listEndpoints")),
            looks("org.apache.camel:name=*RestRegistry*,*", any("listRestServices")),
            looks("java.lang:type=Threading", any("dumpAllThreads|getThreadInfo|find(Monitor)?DeadlockedThreads")),
            rule(Role.OPERATOR, "org.apache.camel:type=routes,*", any("start|stop|suspend|resume|restart|reset")),
            rule(Role.OPERATOR, "org.apache.camel:type=processors,*", any("reset")),
            rule(Role.ADMIN, "java.lang:type=Memory", any("gc")));

    private final Audit audit;

    HawtioRules(Audit audit) {
        this.audit = audit;
    }

    /** A GET could be a link on any page. */
    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return !isObjectNameHidden(bean) && !SECRET_ATTRIBUTE.matcher(attribute).matches();
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        if (LOCKS.apply(bean)) {
            return true;
        }
        var rule = rule(bean, operation);
        audit.operation(
                bean,
                operation,
                rule.isPresent(),
                rule.map(r -> r.least() != Role.VIEWER).orElse(true));
        return rule.isPresent();
    }

    /** The one by which whoever asks may do it. */
    Optional<Rule> rule(ObjectName bean, String operation) {
        return isObjectNameHidden(bean)
                ? Optional.empty()
                : mine().filter(r -> covers(r, bean, operation)).findFirst();
    }

    private static Stream<Rule> mine() {
        Role role = Role.now();
        return RULES.stream().filter(rule -> role.may(rule.least()));
    }

    boolean anyOperation(ObjectName bean) {
        return !isObjectNameHidden(bean) && mine().anyMatch(r -> r.beans().apply(bean));
    }

    /** Who may come at all was decided by port, login and CSRF token. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** Strict asks whether to answer at all, which the CSRF token decided; else whether other sites may read it. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return strict;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return HIDDEN.stream().anyMatch(hidden -> hidden.apply(bean));
    }

    private static boolean covers(Rule rule, ObjectName bean, String operation) {
        return rule.beans().apply(bean)
                && rule.operations().matcher(operation.replace(" ", "")).matches();
    }

    /** These names, whatever their arguments. */
    private static String any(String names) {
        return "(" + names + ")(\\(.*\\))?";
    }

    private static Rule looks(String beans, String operations) {
        return rule(Role.VIEWER, beans, operations);
    }

    private static Rule rule(Role least, String beans, String operations) {
        return new Rule(name(beans), Pattern.compile(operations), least);
    }

    private static List<ObjectName> names(String... patterns) {
        return java.util.Arrays.stream(patterns).map(HawtioRules::name).toList();
    }

    private static ObjectName name(String pattern) {
        try {
            return new ObjectName(pattern);
        } catch (javax.management.MalformedObjectNameException e) {
            throw new IllegalArgumentException(pattern, e);
        }
    }
}
