package songda.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody a larger body is answered 413 and not read
 * @param bodyTime a body that takes longer to arrive is answered 408
 * @param ordersAtOnce new orders under way at once; one more is answered 429
 * @param reportsAtOnce events, scans and the desk's changes under way at once
 * @param questionsAtOnce questions under way at once; the three together are fewer than the web server's threads
 * @param diskNoNewOrders with less room on the disk no order is taken
 * @param diskReadOnly with less room nothing is taken
 * @param drain how long the hub goes on taking requests after it was told to stop, until whoever feeds it has noticed
 */
@ConfigurationProperties("songda.api")
record ApiSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("15s") Duration bodyTime,
        @DefaultValue("96") int ordersAtOnce,
        @DefaultValue("56") int reportsAtOnce,
        @DefaultValue("32") int questionsAtOnce,
        @DefaultValue("2GB") DataSize diskNoNewOrders,
        @DefaultValue("512MB") DataSize diskReadOnly,
        @DefaultValue("0s") Duration drain) {}
