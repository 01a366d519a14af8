package songda.watch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The operator's account.
 *
 * @param user name at the login page
 * @param passwordFile where the generated password lies; empty when the password was configured
 */
public record Operator(String user, Optional<Path> passwordFile) {}
