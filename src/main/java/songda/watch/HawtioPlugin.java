package songda.watch;

/**
 * One more page in Hawtio's menu, as Hawtio's client asks for it; whoever has one gives a bean.
 *
 * @param url folder of the script, on the admin port
 * @param remoteEntryFileName the script in it, which defines the global {@code scope}
 */
public record HawtioPlugin(String url, String scope, String module, String remoteEntryFileName) {}
