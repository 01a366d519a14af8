package songda.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.fact.Bell;
import songda.fact.Rounds;
import songda.store.Sql;
import songda.trace.TraceContext;

/**
 * Publishes facts as CloudEvents 1.0, binary mode, key = subject. At least once: {@code ce_id} is the fact's number. The
 * place reached is one row, locked while a node publishes, so that two nodes take turns.
 */
@Component
final class FactStream implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FactStream.class);
    static final String TOPIC = "songda.facts";
    private static final String NEXT = Sql.file("fact-stream-next");
    private static final int BATCH = 500;
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    record Place(String xid, long id) {}

    record Entry(Place place, ProducerRecord<String, String> message) {}

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final String brokers;
    private final Rounds rounds;

    FactStream(
            JdbcTemplate db,
            TransactionTemplate transaction,
            Bell bell,
            @Value("${songda.kafka.brokers}") String brokers) {
        this.db = db;
        this.transaction = transaction;
        this.brokers = brokers;
        this.rounds = new Rounds("fact-stream", bell, GATHER, Publishing::new);
    }

    static KafkaProducer<String, String> producer(String brokers, String name) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "client.id",
                        name,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        5,
                        "max.block.ms",
                        5000,
                        "request.timeout.ms",
                        5000,
                        "delivery.timeout.ms",
                        10000),
                new StringSerializer(),
                new StringSerializer());
    }

    /** The producer lives as long as the thread that uses it. */
    private final class Publishing implements Rounds.Work {

        private final KafkaProducer<String, String> producer = producer(brokers, "songda-facts");
        private boolean topic;
        private boolean away;

        @Override
        public boolean round() throws InterruptedException {
            topic = topic || makeTopic(brokers);
            boolean full = topic && publish(producer) == BATCH;
            away = false;
            return full;
        }

        @Override
        public void failed(RuntimeException why) {
            if (!away && rounds.isRunning()) {
                LOG.warn("事实流暂停，稍后补发 / the stream of facts pauses and catches up later: {}", why.toString());
            }
            away = true;
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    static boolean makeTopic(String brokers) throws InterruptedException {
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", brokers, "request.timeout.ms", 5000, "default.api.timeout.ms", 5000))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1))).all().get();
            return true;
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause() instanceof TopicExistsException;
        }
    }

    private int publish(KafkaProducer<String, String> producer) {
        return transaction.execute(status -> {
            Place place = db.queryForObject(
                    "select xid::text, id from fact_stream for update",
                    (row, n) -> new Place(row.getString(1), row.getLong(2)));
            List<Entry> next = db.query(NEXT, (row, n) -> entry(row), place.xid(), place.id(), BATCH);
            if (!next.isEmpty()) {
                send(producer, next);
                Place last = next.get(next.size() - 1).place();
                db.update("update fact_stream set xid = ?::xid8, id = ?", last.xid(), last.id());
            }
            return next.size();
        });
    }

    static void send(KafkaProducer<String, String> producer, List<Entry> entries) {
        List<Future<?>> answers = new ArrayList<>(entries.size());
        entries.forEach(e -> answers.add(producer.send(e.message())));
        for (Future<?> answer : answers) {
            try {
                answer.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while publishing", e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("Kafka did not take a fact", e.getCause());
            }
        }
    }

    static Entry entry(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        for (String column : List.of("order_no", "client", "county", "waybill_no", "stage", "receipt_stage")) {
            if (row.getString(column) != null) {
                data.put(camel(column), row.getString(column));
            }
        }
        try {
            data.set("data", JSON.readTree(row.getString("data")));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new SQLException(e);
        }
        var message = new ProducerRecord<>(TOPIC, String.valueOf(row.getLong("subject")), data.toString());
        Map<String, String> event = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                String.valueOf(id),
                "ce_type",
                row.getString("name"),
                "ce_source",
                "/songda/" + row.getString("source"),
                "ce_subject",
                subject(row),
                "ce_time",
                HubClock.local(
                        row.getObject("happened_at", OffsetDateTime.class).toInstant()),
                "ce_datacontenttype",
                "application/json",
                "ce_correlation",
                row.getString("correlation"));
        message.headers()
                .add(
                        TraceContext.HEADER,
                        TraceContext.of(row.getString("correlation"), id).bytes());
        event.forEach((key, value) -> message.headers().add(key, value.getBytes(StandardCharsets.UTF_8)));
        return new Entry(new Place(row.getString("xid"), id), message);
    }

    private static String subject(ResultSet row) throws SQLException {
        return row.getString("order_no") != null
                ? row.getString("order_no")
                : String.valueOf(row.getString("subject_name"));
    }

    private static String camel(String column) {
        int underscore = column.indexOf('_');
        return underscore < 0
                ? column
                : column.substring(0, underscore)
                        + Character.toUpperCase(column.charAt(underscore + 1))
                        + column.substring(underscore + 2);
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
    public boolean isRunning() {
        return rounds.isRunning();
    }

    @Override
    public int getPhase() {
        return 1;
    }
}
