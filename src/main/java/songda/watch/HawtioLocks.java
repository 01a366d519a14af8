package songda.watch;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Tells Hawtio's pages which buttons to lock, by the same rules that decide when one is pressed. The names and
 * shapes are those that Hawtio's client looks for ({@code *:type=security,area=jmx,*}); this protects nothing itself.
 */
final class HawtioLocks implements Locks, InitializingBean, DisposableBean {

    private final HawtioRules rules;
    private final ObjectName name;

    HawtioLocks(HawtioRules rules, String application) throws JMException {
        this.rules = rules;
        this.name = new ObjectName("hawtio:type=security,area=jmx,name=" + ObjectName.quote(application));
    }

    @Override
    public void afterPropertiesSet() throws JMException {
        ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(this, Locks.class), name);
    }

    @Override
    public void destroy() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }

    @Override
    public boolean canInvoke(String bean) {
        return rules.anyOperation(parse(bean));
    }

    @Override
    public boolean canInvoke(String bean, String operation) {
        return rules.rule(parse(bean), operation).isPresent();
    }

    @Override
    public boolean canInvoke(String bean, String operation, String[] types) {
        return canInvoke(bean, operation + "(" + String.join(",", types) + ")");
    }

    @Override
    public Map<String, Map<String, Map<String, Boolean>>> canInvoke(Map<String, List<String>> operations) {
        return operations.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> each(e.getKey(), e.getValue())));
    }

    private Map<String, Map<String, Boolean>> each(String bean, List<String> operations) {
        return operations.stream()
                .distinct()
                .collect(Collectors.toMap(o -> o, o -> Map.of("CanInvoke", canInvoke(bean, o))));
    }

    private static ObjectName parse(String bean) {
        try {
            return new ObjectName(bean);
        } catch (JMException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
