package songda.watch;

import java.util.List;
import java.util.Map;

/** What Hawtio's pages ask before they draw a button. Names and shapes are Hawtio's; public because JMX demands it. */
public interface Locks {

    boolean canInvoke(String bean);

    boolean canInvoke(String bean, String operation);

    boolean canInvoke(String bean, String operation, String[] types);

    /** @return bean, then {@code name(types)}, then {@code CanInvoke} */
    Map<String, Map<String, Map<String, Boolean>>> canInvoke(Map<String, List<String>> operations);
}
