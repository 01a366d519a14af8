package songda.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody a larger body is answered 413 and not read
 * @param bodyTime a body that takes longer to arrive is answered 408
 */
@ConfigurationProperties("songda.api")
record ApiSettings(@DefaultValue("1MB") DataSize maxBody, @DefaultValue("15s") Duration bodyTime) {}
