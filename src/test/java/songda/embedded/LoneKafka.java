package songda.embedded;

import java.nio.file.Path;
import java.time.Duration;

/** The embedded Kafka in a JVM of its own, as an external one: arguments are folder, port and, where clients come another way, the port that they use; prints READY and stays. */
public final class LoneKafka {

    private LoneKafka() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[1]);
        int advertised = arguments.length > 2 ? Integer.parseInt(arguments[2]) : port;
        EmbeddedKafka kafka = new EmbeddedKafka(DataFolder.lock(Path.of(arguments[0])), port, advertised)
                .startBeside(refused -> {
                    System.out.println(refused.getMessage());
                    Runtime.getRuntime().halt(1);
                });
        kafka.ready().await(Duration.ofMinutes(2));
        System.out.println("READY");
    }
}
