package songda.route;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Quartz fires by each node's own clock, and whoever fires a turn writes down the next one for all nodes: one node that is two days ahead once
 * stopped every patrol of a cluster for two days. So a node whose clock is not the database's fires nothing, and a turn that was put off comes back.
 */
@Component
final class CronWatch {

    /** As far apart as clocks may be. */
    static final Duration APART = Duration.ofMinutes(2);
    /** Longer than that: what a node fires early by its clock is not taken for a turn that was put off. */
    static final Duration LATE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CronWatch.class);

    private final JdbcClient db;
    private final QuartzComponent quartz;
    private final CronConfiguration.Turns turns;
    private boolean told;

    CronWatch(JdbcClient db, QuartzComponent quartz, CronConfiguration.Turns turns) {
        this.db = db;
        this.quartz = quartz;
        this.turns = turns;
    }

    /** Without a database Quartz has nothing to fire either. */
    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        Instant before = Instant.now();
        Instant there;
        try {
            there = db.sql("select clock_timestamp()")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
        } catch (DataAccessException away) {
            return;
        }
        // A process that stood still between the two looks proves nothing.
        Instant after = Instant.now();
        look(
                there.isBefore(before)
                        ? Duration.between(there, before)
                        : there.isAfter(after) ? Duration.between(there, after) : Duration.ZERO);
    }

    /** @param ahead how far this node's clock is before the database's; below zero: behind it */
    synchronized void look(Duration ahead) {
        boolean wrong = ahead.abs().compareTo(APART) > 0;
        if (wrong && !told) {
            LOG.error(
                    "本机时钟比数据库快 {} 秒，本节点不执行定时任务 / this machine's clock is {} s ahead of the database's: no cron fires on this node",
                    ahead.toSeconds(),
                    ahead.toSeconds());
        } else if (!wrong && told) {
            LOG.warn("本机时钟与数据库一致，恢复定时任务 / this machine's clock agrees with the database's again: cron fires");
        }
        told = wrong;
        turns.hold(wrong);
        if (turns.turning()) {
            bringBack();
        }
    }

    private void bringBack() {
        try {
            Scheduler scheduler = quartz.getScheduler();
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                Trigger trigger = scheduler.getTrigger(key);
                if (trigger != null && putOff(trigger)) {
                    bringBack(scheduler, trigger);
                }
            }
        } catch (SchedulerException away) {
            // the next look comes
        }
    }

    private static void bringBack(Scheduler scheduler, Trigger trigger) throws SchedulerException {
        Date next = scheduler.rescheduleJob(
                trigger.getKey(),
                trigger.getTriggerBuilder().startAt(new Date()).build());
        // None where its route was taken away meanwhile.
        if (next != null) {
            String name = trigger.getKey().getName();
            Instant putOff = trigger.getNextFireTime().toInstant();
            LOG.warn(
                    "定时任务 {} 被推迟到 {}，改回 {} / cron {} had been put off to {}, it comes at {}",
                    name,
                    putOff,
                    next.toInstant(),
                    name,
                    putOff,
                    next.toInstant());
        }
    }

    private static boolean putOff(Trigger trigger) {
        Date next = trigger.getNextFireTime();
        Date due = trigger.getFireTimeAfter(new Date());
        return next != null
                && due != null
                && next.toInstant().isAfter(due.toInstant().plus(LATE));
    }
}
