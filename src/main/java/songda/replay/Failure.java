package songda.replay;

import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import songda.fact.StepFailed;
import songda.failure.Refused;
import songda.failure.Unmappable;

/** Why a letter could not be read this time either, in words that are equal for equal causes and name nobody. */
record Failure(String reason, String place) {

    /** @return null where the letter is not at fault: the same again may go well */
    static Failure of(RuntimeException e, String door) {
        if (e instanceof Unmappable why) {
            return new Failure(why.getMessage(), why.place());
        } else if (e instanceof Refused refused) {
            String fields = refused.problem().fields().stream()
                    .map(f -> (f.path() + " " + f.message()).strip())
                    .collect(Collectors.joining("; "));
            return new Failure(
                    refused.problem().zh() + " / " + refused.problem().en() + ": " + fields, "door:" + door);
        } else if (e instanceof StepFailed step) {
            // Its message names the step, unless it quotes what the step threw.
            boolean named = step.getCause() == null || step.getMessage().startsWith("step ");
            return new Failure(named ? step.getMessage() : "a step failed", "door:" + door);
        }
        boolean world = e instanceof TransactionException
                || e instanceof DataAccessException && !(e instanceof DataIntegrityViolationException);
        return world ? null : new Failure("replay failed: " + e.getClass().getName(), "door:" + door);
    }
}
