package songda.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A process that waits for its dry run. */
class SpareTest {

    private static final Path BASE = Path.of("src/test/check/base");
    private static final DryRun.Extent ORDER = new DryRun.Extent(Set.of(), Set.of("gov/order"), false);

    @TempDir
    Path house;

    @BeforeEach
    void lay() throws IOException {
        FileSystemUtils.copyRecursively(BASE, house);
        Files.writeString(house.resolve("mappings/gov/order/map.jslt"), "{ \"something\": \"else\" }\n");
    }

    /** Holds one, says its number and does nothing more. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws IOException {
            Spare spare = new Spare();
            spare.prepare(Path.of(args[0]));
            System.out.println(spare.pid().orElseThrow());
            System.out.flush();
            System.in.read();
        }
    }

    private List<String> rules(Spare spare) {
        DryRun dryRun = new DryRun(house.resolve("routes"), house.resolve("mappings"), Duration.ofMinutes(3), spare);
        try (DryRun.Running running = dryRun.start(ORDER)) {
            return running.findings().stream().map(found -> found.rule().id()).toList();
        }
    }

    private static ProcessHandle process(Spare spare) {
        return ProcessHandle.of(spare.pid().orElseThrow()).orElseThrow();
    }

    @Test
    void each_is_used_once_and_says_what_a_fresh_one_says() {
        try (Spare spare = new Spare()) {
            spare.prepare(house.resolve("mappings"));
            ProcessHandle first = process(spare);
            assertThat(rules(spare)).isEqualTo(rules(null)).containsExactly("SONGDA-R412");
            assertThat(spare.pid()).isEmpty();
            assertThat(first.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
            spare.prepare(house.resolve("mappings"));
            ProcessHandle second = process(spare);
            spare.prepare(house.resolve("mappings"));
            assertThat(process(spare)).isEqualTo(second).isNotEqualTo(first);
        }
    }

    @Test
    void where_it_is_gone_a_fresh_one_does_its_work() {
        try (Spare spare = new Spare()) {
            assertThat(rules(spare)).containsExactly("SONGDA-R412");
            spare.prepare(house.resolve("mappings"));
            process(spare).destroyForcibly();
            // Whether it is noticed before it is told, meanwhile or afterwards.
            assertThat(rules(spare)).containsExactly("SONGDA-R412");
        }
    }

    @Test
    void one_whose_mappings_are_broken_waits_all_the_same() throws IOException {
        Path others = Files.createDirectories(house.resolve("others/gov/order"));
        Files.writeString(others.resolve("map.jslt"), "{");
        try (Spare spare = new Spare()) {
            spare.prepare(house.resolve("others"));
            assertThat(rules(spare)).containsExactly("SONGDA-R412");
        }
    }

    @Test
    void it_ends_when_it_is_closed_and_none_comes_after_it() {
        Spare spare = new Spare();
        spare.prepare(house.resolve("mappings"));
        ProcessHandle waiting = process(spare);
        spare.close();
        assertThat(waiting.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
        spare.prepare(house.resolve("mappings"));
        assertThat(spare.pid()).isEmpty();
    }

    @Test
    void it_ends_with_a_caller_that_was_killed() throws Exception {
        Process caller = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        house.resolve("mappings").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = caller.inputReader()) {
            ProcessHandle waiting =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            caller.destroyForcibly();
            assertThat(waiting.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
        }
    }
}
