package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** A message body of ours that a mapping reads as JSON: so a guard can look at what a step was woken by. */
public interface Described {

    /** Free of personal data. */
    JsonNode json();
}
