package songda.fact;

import java.util.List;
import java.util.Optional;
import songda.signature.Caller;

/**
 * The facts of one message, recorded all or none, with what makes the message itself unique.
 *
 * @param caller who signed it; its nonce is used up in the same transaction
 * @param idempotencyKey the sender's key for this request, if it gave one
 * @param canary the version whose mappings read the message, where that is not the one in force
 */
public record Submission(
        List<NewFact> facts,
        Optional<Caller> caller,
        Optional<String> idempotencyKey,
        String correlation,
        Optional<Long> canary) {}
