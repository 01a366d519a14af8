package songda.door;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Wall-clock patience of the doors.
 *
 * @param retryBase ceiling of the first wait; it doubles with each attempt
 * @param retryMost ceiling of any wait
 * @param attempts after so many a person decides
 * @param relayedFor an effect that is on its way longer than this is relayed again
 * @param sendingFor an attempt that runs longer than this belongs to a node that died
 * @param paused nothing is relayed and no door listens; what is owed waits in the database
 */
@ConfigurationProperties("songda.door")
record DoorSettings(
        @DefaultValue("PT2S") Duration retryBase,
        @DefaultValue("PT10M") Duration retryMost,
        @DefaultValue("60") int attempts,
        @DefaultValue("PT60S") Duration relayedFor,
        @DefaultValue("PT60S") Duration sendingFor,
        @DefaultValue("false") boolean paused) {}
