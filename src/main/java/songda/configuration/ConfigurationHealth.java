package songda.configuration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while this node cannot follow the others; files that wait on the disk are said and do no harm. */
@Component("configuration")
final class ConfigurationHealth implements HealthIndicator {

    private final Turn turn;
    private final Clerk clerk;
    private final Disk disk;

    ConfigurationHealth(Turn turn, Clerk clerk, Disk disk) {
        this.turn = turn;
        this.clerk = clerk;
        this.disk = disk;
    }

    @Override
    public Health health() {
        Running running = turn.running();
        if (running == null) {
            return Health.unknown().build();
        }
        Health.Builder health = clerk.behind() == null ? Health.up() : Health.down();
        health.withDetail("version", running.number()).withDetail("pendingFiles", disk.pending());
        if (disk.refusal() != null) {
            health.withDetail("lastSave", disk.refusal());
        }
        return clerk.behind() == null
                ? health.build()
                : health.withDetail("behind", clerk.behind()).build();
    }
}
