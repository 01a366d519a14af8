package songda.route;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@code quartz:} on wall time, in the hub's own database: of several nodes one fires, and a start knows what was fired before. A
 * trigger that became due while no node ran is not made up for; its next time comes.
 */
@Configuration(proxyBeanMethods = false)
class CronConfiguration {

    @Bean("quartz")
    QuartzComponent quartz(DataSource database, @Value("${camel.main.name}") String hub) {
        String name =
                "songda-" + UUID.randomUUID(); // Quartz keeps these for the whole JVM, where tests run several hubs
        DBConnectionManager.getInstance().addConnectionProvider(name, new Connections(database));
        Map<String, Object> settings = new HashMap<>();
        // The nodes of a cluster share it; two hubs in one JVM (tests) must not.
        settings.put("org.quartz.scheduler.instanceName", hub);
        settings.put("org.quartz.scheduler.instanceId", "AUTO");
        settings.put("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.put("org.quartz.threadPool.threadCount", "2");
        settings.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.put("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        settings.put("org.quartz.jobStore.dataSource", name);
        settings.put("org.quartz.jobStore.tablePrefix", "qrtz_");
        settings.put("org.quartz.jobStore.useProperties", "true");
        settings.put("org.quartz.jobStore.isClustered", "true");
        settings.put("org.quartz.jobStore.clusterCheckinInterval", "10000");
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(settings);
        // A stored trigger may be due at once, and would find no routes yet.
        quartz.setAutoStartScheduler(false);
        return quartz;
    }

    @Bean
    Turns cronTurns(QuartzComponent quartz) {
        return new Turns(quartz);
    }

    /**
     * Starts after Camel, and stops before it: what comes due while routes start or stop would find no route; another node has it, or
     * its next time comes. A context that was paused and goes on starts it again.
     */
    static final class Turns implements CamelContextConfiguration, SmartLifecycle {

        private final QuartzComponent quartz;
        private volatile boolean begun;
        private volatile boolean running;
        /** Until the clock was looked at once. */
        private volatile boolean held = true;

        Turns(QuartzComponent quartz) {
            this.quartz = quartz;
        }

        @Override
        public void beforeApplicationStart(CamelContext context) {
            // nothing to do
        }

        @Override
        public void afterApplicationStart(CamelContext context) {
            begun = true;
            start();
        }

        @Override
        public void start() {
            running = true;
            turn();
        }

        @Override
        public void stop() {
            running = false;
            turn();
        }

        /** While it is held nothing fires on this node, whatever starts. */
        void hold(boolean hold) {
            held = hold;
            turn();
        }

        /** Whether Camel's scheduler is there and is to fire. */
        boolean turning() {
            return begun && running && !held;
        }

        private synchronized void turn() {
            if (!begun) {
                return; // Camel has made no scheduler yet
            }
            try {
                Scheduler scheduler = quartz.getScheduler();
                if (turning() && scheduler.isInStandbyMode()) {
                    scheduler.start();
                } else if (!turning() && !scheduler.isInStandbyMode()) {
                    scheduler.standby();
                }
            } catch (SchedulerException e) {
                throw new IllegalStateException("Quartz did not " + (running ? "start" : "stop"), e);
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return Integer.MAX_VALUE;
        }
    }

    private record Connections(DataSource database) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void initialize() {
            // the pool is there
        }

        @Override
        public void shutdown() {
            // the pool belongs to Spring
        }
    }
}
