package songda.watch;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Small recurring work on wall time; nothing of the business waits for it. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Schedule {}
