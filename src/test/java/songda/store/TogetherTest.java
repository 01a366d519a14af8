package songda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers that share a commit hear when it fails. */
class TogetherTest {

    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final AtomicInteger commits = new AtomicInteger();
    private final ExecutorService callers = Executors.newFixedThreadPool(4);
    private Together<String, String> together;

    /** The first commit waits until the others wait for the second. */
    private List<CompletableFuture<String>> written(Function<List<String>, RuntimeException> failure) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        together = new Together<>("together-test", 1, batch -> {
            if (commits.incrementAndGet() == 1) {
                first.countDown();
                await(firstMayEnd);
                return batch;
            }
            RuntimeException e = failure.apply(batch);
            if (e != null) {
                throw e;
            }
            return batch;
        });
        together.start();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        answers.add(write("first"));
        first.await();
        for (String word : List.of("one", "two", "bad")) {
            answers.add(write(word));
        }
        Awaitility.await().until(() -> together.waiting() == 3);
        firstMayEnd.countDown();
        return answers;
    }

    private CompletableFuture<String> write(String word) {
        return CompletableFuture.supplyAsync(() -> together.write(word), callers);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        together.stop();
        callers.shutdownNow();
    }

    @Test
    void one_bad_member_harms_nobody_else() throws Exception {
        var answers = written(batch -> batch.contains("bad") ? new IllegalArgumentException("bad") : null);
        assertThat(answers.get(1).join()).isEqualTo("one");
        assertThat(answers.get(2).join()).isEqualTo("two");
        assertThatThrownBy(() -> answers.get(3).join()).hasRootCauseMessage("bad");
    }

    @Test
    void nothing_is_tried_again_where_the_commit_may_have_come_through() throws Exception {
        var answers = written(batch -> new IllegalStateException(new SQLException("broken pipe", "08006")));
        for (int i = 1; i <= 3; i++) {
            var answer = answers.get(i);
            assertThatThrownBy(answer::join).hasRootCauseMessage("broken pipe");
        }
        assertThat(commits).hasValue(2);
    }
}
