package songda.watch;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What an operator may ask of the hub through Hawtio. Operations are listed one by one, so whatever a later Camel adds
 * is closed until somebody opens it here. Nothing that shows or sends a message is open: messages hold personal data.
 */
class HawtioRules implements Restrictor {

    private static final Set<RequestType> TYPES = Set.of(
            RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);

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

    private static final Pattern SECRET_ATTRIBUTE =
            Pattern.compile(".*(password|secret|credential|token|systemproperties|inputarguments|globaloptions).*", Pattern.CASE_INSENSITIVE);

    private record Rule(ObjectName beans, Pattern operations, boolean changes) {}

    private static final List<Rule> RULES = List.of(
            looks("org.apache.camel:type=context,*", "dump(Routes|RouteTemplates|Rests)As(Xml|Yaml)|dumpRoutes?StatsAs(Xml|JSon)|dumpStepStatsAsXml|dumpRoutesCoverageAsXml|(component|language|dataFormat)Names|route(Ids|Groups)"),
            looks("org.apache.camel:type=routes,*", "dumpRouteAs(Xml|Yaml)|dumpRouteStatsAs(Xml|JSon)|dumpStepStatsAsXml|dumpRouteSourceLocationsAsXml|processorIds"),
            looks("org.apache.camel:name=*InflightRepository*,*", "browse|size"),
            looks("org.apache.camel:name=*AsyncProcessorAwaitManager*,*", "browse"),
            looks("org.apache.camel:name=*RuntimeEndpointRegistry*,*", "endpointStatistics"),
            looks("org.apache.camel:name=*EndpointRegistry*,*", "listEndpoints"),
            looks("org.apache.camel:name=*RestRegistry*,*", "listRestServices"),
            looks("org.apache.camel:name=*TypeConverter*,*", "hasTypeConverter"),
            looks("org.apache.camel:type=health,*", "details|healthChecksIds"),
            looks("java.lang:type=Threading", "dumpAllThreads|getThreadInfo|findDeadlockedThreads|findMonitorDeadlockedThreads"),
            looks("hawtio:*", "canInvoke|list"),
            changes("org.apache.camel:type=routes,*", "start|stop|suspend|resume|restart|reset"),
            changes("org.apache.camel:type=processors,*", "reset"),
            changes("java.lang:type=Memory", "gc"));

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
        var rule = RULES.stream().filter(r -> covers(r, bean, operation)).findFirst();
        boolean allowed = rule.isPresent() && !isObjectNameHidden(bean);
        audit.operation(bean, operation, allowed, rule.map(Rule::changes).orElse(true));
        return allowed;
    }

    /** Who may come at all was decided by port, login and CSRF token. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** Strict asks whether to answer at all, which the CSRF token decided; otherwise whether other sites may read the answer. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return strict;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return HIDDEN.stream().anyMatch(hidden -> hidden.apply(bean));
    }

    private static boolean covers(Rule rule, ObjectName bean, String operation) {
        int signature = operation.indexOf('(');
        String name = signature < 0 ? operation : operation.substring(0, signature);
        return rule.beans().apply(bean) && rule.operations().matcher(name.strip()).matches();
    }

    private static Rule looks(String beans, String operations) {
        return new Rule(name(beans), Pattern.compile(operations), false);
    }

    private static Rule changes(String beans, String operations) {
        return new Rule(name(beans), Pattern.compile(operations), true);
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
