package songda.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** Publishes recorded facts a second time, each under the number that it had; a header says that it is not the first time. */
@Component
public final class FactsAgain {

    private static final String NEXT = Sql.file("fact-stream-again");
    private static final String HEADER = "songda_republished";
    private static final int BATCH = 500;
    private final JdbcTemplate db;
    private final String brokers;

    FactsAgain(JdbcTemplate db, @Value("${songda.kafka.brokers}") String brokers) {
        this.db = db;
        this.brokers = brokers;
    }

    private record Page(String at, long id, FactStream.Entry entry) {}

    /**
     * Returns when Kafka has them all; what was published until an error stays published.
     *
     * @param from when it was recorded, business time; so is to, which itself is left out
     * @param mark value of the header {@code songda_republished}
     * @return how many
     */
    public long again(Instant from, Instant to, String mark) {
        long published = 0;
        String at = from.toString();
        long id = Long.MIN_VALUE;
        try (KafkaProducer<String, String> producer = FactStream.producer(brokers, "songda-facts-again")) {
            FactStream.makeTopic(brokers);
            List<Page> page;
            do {
                page = db.query(
                        NEXT,
                        (row, n) -> new Page(row.getString("recorded_at"), row.getLong("id"), FactStream.entry(row)),
                        from.toString(),
                        to.toString(),
                        at,
                        id,
                        BATCH);
                page.forEach(p -> p.entry().message().headers().add(HEADER, mark.getBytes(StandardCharsets.UTF_8)));
                FactStream.send(producer, page.stream().map(Page::entry).toList());
                published += page.size();
                at = page.isEmpty() ? at : page.get(page.size() - 1).at();
                id = page.isEmpty() ? id : page.get(page.size() - 1).id();
            } while (page.size() == BATCH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return published;
    }
}
