package songda.door;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import songda.deadletter.DeadLetters;

/**
 * Keeps what stands in a door's topic and was not written by the relay, so that somebody can look at it and the partition goes on.
 * The relay writes two numbers and a trace.
 */
@Component
final class StrayRecords {

    static final String VERSION = "songda-version";
    private static final Logger LOG = LoggerFactory.getLogger(StrayRecords.class);
    private static final int LARGEST = 1 << 20;
    private static final int TRIES = 120;
    private static final long SECOND = 1_000_000_000L;
    private final DeadLetters letters;

    StrayRecords(DeadLetters letters) {
        this.letters = letters;
    }

    /** @param headers their names as they came, with their values */
    record Stray(int partition, long offset, long at, Map<String, byte[]> headers, byte[] key, byte[] value) {}

    /** @return true when the record is none of the relay's: it is a dead letter now */
    boolean kept(String door, Stray record) {
        String reason = reason(record);
        if (reason == null) {
            return false;
        }
        keep(door, record, reason);
        return true;
    }

    /** Waits while the database is away: nothing can be paid meanwhile either. */
    private void keep(String door, Stray record, String reason) {
        String at = record.partition() + "@" + record.offset() + "@" + record.at();
        DeadLetters.Letter letter = new DeadLetters.Letter(
                DeadLetters.Kind.RECORD,
                door,
                "kafka",
                "",
                "songda." + door + "/" + at,
                reason,
                "kafka:songda." + door + " partition " + record.partition() + " offset " + record.offset(),
                record.value() == null ? new byte[0] : record.value());
        for (int i = 0; i < TRIES && !Thread.currentThread().isInterrupted(); i++) {
            try {
                letters.keep(letter);
                return;
            } catch (DataAccessException | TransactionException e) {
                LockSupport.parkNanos(SECOND);
            }
        }
        LOG.warn("主题中的外来记录没能留存 / a stray record of a topic could not be kept: {} {}", door, at);
    }

    /** @return null for a record as the relay writes it */
    static String reason(Stray record) {
        byte[] value = record.value();
        if (value == null) {
            return "没有内容的记录（墓碑） / a record without a value, a tombstone";
        } else if (record.headers().keySet().stream().anyMatch(StrayRecords::obeyed)) {
            return "带有 Camel 会照办的消息头 / a header that Camel would obey";
        } else if (record.headers().containsKey(VERSION)
                && !isOne(record.headers().get(VERSION))) {
            return "未知的格式版本 / a version that the hub does not know";
        } else if (value.length > LARGEST) {
            return "内容超过 1 MB / a value of more than 1 MB";
        } else if (value.length > 3
                && (value[0] & 0xFF) == 0xAC
                && (value[1] & 0xFF) == 0xED
                && value[2] == 0
                && value[3] == 5) {
            return "Java 序列化的对象 / a serialised Java object";
        }
        return isNumber(record.key()) && isNumber(value) ? null : "不是两个编号 / not the two numbers that the relay writes";
    }

    private static boolean obeyed(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("camel") || name.startsWith("kafka.");
    }

    private static boolean isOne(byte[] version) {
        return version != null && new String(version, StandardCharsets.UTF_8).equals("1");
    }

    private static boolean isNumber(byte[] text) {
        return text != null && new String(text, StandardCharsets.ISO_8859_1).matches("[0-9]{1,18}");
    }
}
