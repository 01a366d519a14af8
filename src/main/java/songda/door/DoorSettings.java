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
 * @param askAfter an answer was lost: after so long its partner is asked for the message, where it can be asked
 * @param askAgain it was not there: after so long it is asked once more
 * @param breakerWait a partner that is away is left alone for so long, then tried again; it doubles each time
 * @param breakerMost ceiling of that
 * @param window at most so many effects of one door are on their way through Kafka
 * @param paused nothing is relayed and no door listens; what is owed waits in the database
 */
@ConfigurationProperties("songda.door")
record DoorSettings(
        @DefaultValue("PT2S") Duration retryBase,
        @DefaultValue("PT10M") Duration retryMost,
        @DefaultValue("60") int attempts,
        @DefaultValue("PT60S") Duration relayedFor,
        @DefaultValue("PT60S") Duration sendingFor,
        @DefaultValue("PT60S") Duration askAfter,
        @DefaultValue("PT5M") Duration askAgain,
        @DefaultValue("PT5S") Duration breakerWait,
        @DefaultValue("PT1M") Duration breakerMost,
        @DefaultValue("1000") int window,
        @DefaultValue("false") boolean paused) {}
