package songda.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A recorded fact, as its steps read it. */
public record Fact(long id, String name, String source, Instant at, Subject subject, ObjectNode data) {}
