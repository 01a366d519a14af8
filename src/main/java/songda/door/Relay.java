package songda.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import songda.fact.Bell;
import songda.fact.Rounds;
import songda.trace.TraceContext;

/** Carries owed effects to Kafka: woken by each commit, polling once a second besides. Kafka gets numbers and a trace, never data. */
@Component
final class Relay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final long HEAL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Sent(Effects.Key key, Future<?> answer) {}

    private final Effects effects;
    private final DoorStaff staff;
    private final Allowances allowances;
    private final List<DoorListener> listeners;
    private final DoorSettings settings;
    private final Map<String, Object> producerSettings = new HashMap<>();
    private final Rounds rounds;
    private boolean kafkaAway;

    Relay(
            Effects effects,
            DoorStaff staff,
            Allowances allowances,
            ObjectProvider<DoorListener> listeners,
            DoorSettings settings,
            Bell bell,
            @Value("${songda.kafka.brokers}") String brokers) {
        this.effects = effects;
        this.staff = staff;
        this.allowances = allowances;
        this.listeners = listeners.orderedStream().toList();
        this.settings = settings;
        this.rounds = new Rounds("effect-relay", bell, GATHER, Carrying::new);
        producerSettings.putAll(Map.of(
                "bootstrap.servers",
                brokers,
                "client.id",
                "songda-relay",
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                2,
                "max.block.ms",
                5000,
                "request.timeout.ms",
                5000,
                "delivery.timeout.ms",
                10000));
    }

    /** The producer lives as long as the thread that uses it. */
    private final class Carrying implements Rounds.Work {

        private final KafkaProducer<String, String> producer =
                new KafkaProducer<>(producerSettings, new StringSerializer(), new StringSerializer());
        private long healAt = System.nanoTime();

        @Override
        public boolean round() throws InterruptedException {
            if (System.nanoTime() - healAt > 0) {
                heal();
                healAt = System.nanoTime() + HEAL_EVERY_NANOS;
            }
            return relay(producer);
        }

        @Override
        public Duration patience() {
            return allowances.patience();
        }

        @Override
        public void failed(RuntimeException why) {
            LOG.warn("转发暂停一秒 / relaying pauses for a second: {}", why.toString());
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private boolean relay(KafkaProducer<String, String> producer) throws InterruptedException {
        List<Allowances.Allowance> allowed = allowances.now();
        List<Effects.Relayed> ready = allowed.isEmpty() ? List.of() : effects.relay(allowed);
        boolean more = allowances.taken(allowed, ready);
        List<Sent> sent = new ArrayList<>(ready.size());
        List<Effects.Key> failed = new ArrayList<>();
        for (Effects.Relayed relayed : ready) {
            Effects.Key key = relayed.key();
            if (!failed.isEmpty()) {
                failed.add(key);
                continue;
            }
            try {
                sent.add(new Sent(key, producer.send(message(relayed))));
            } catch (RuntimeException e) {
                failed.add(key);
            }
        }
        for (Sent one : sent) {
            try {
                one.answer.get();
            } catch (ExecutionException e) {
                failed.add(one.key);
            }
        }
        effects.giveBack(failed, null);
        if (!ready.isEmpty()) {
            tell(!failed.isEmpty());
        }
        return failed.isEmpty() && more;
    }

    private static ProducerRecord<String, String> message(Effects.Relayed relayed) {
        Effects.Key key = relayed.key();
        ProducerRecord<String, String> message =
                new ProducerRecord<>("songda." + key.door(), String.valueOf(key.subject()), String.valueOf(key.id()));
        message.headers()
                .add(TraceContext.HEADER, TraceContext.of(relayed.correlation()).bytes());
        return message;
    }

    private void tell(boolean away) {
        if (away != kafkaAway) {
            kafkaAway = away;
            LOG.warn(
                    away
                            ? "Kafka 不可用，待办留在库中 / Kafka is away: effects wait in the database"
                            : "Kafka 已恢复 / Kafka is back");
        }
    }

    private void heal() {
        Map<Effects.Healed, Long> counts = new HashMap<>();
        effects.heal(settings, staff).forEach(h -> counts.merge(h, 1L, Long::sum));
        counts.forEach((healed, count) -> {
            listeners.forEach(listener -> listener.healed(healed.door(), healed.state(), count));
            LOG.warn(
                    "滞留的待办已处理 / effects that stood still were taken up: {} → {} × {}",
                    healed.door(),
                    healed.state(),
                    count);
        });
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isAutoStartup() {
        return !settings.paused();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    @Override
    public int getPhase() {
        return 1;
    }
}
