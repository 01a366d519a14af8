package songda.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * One fault, or two at once.
 *
 * @param intake from its mending until all nodes are ready and an order that was begun after it is taken; null when it did not happen
 * @param flow until such an order has its number from the post
 * @param failed what the fault itself could not do
 */
record Episode(String name, Instant from, Instant mended, Duration intake, Duration flow, String failed) {}
