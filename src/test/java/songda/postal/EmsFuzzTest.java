package songda.postal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import songda.failure.Refused;

/** Whatever is pushed, it is opened or refused. */
@Tag("fuzz")
class EmsFuzzTest {

    private static final EmsPush PUSHES = new EmsPush(new EmsAccount("127.0.0.1:1", "1", "a", EmsAccount.EXAMPLE_KEY));

    static Stream<byte[]> pushes() {
        return Stream.of(
                        "{\"logitcsInterface\":\"|$4|bjpt44DaNFululm42LhgQ4dVmnDaIA/fypNeIPR+CufBEAzgMwF29by1oQ0/LbI3/vkPai/Ngto8XCYTZqKy1DJdUB/WoUhfa6ykyLZ7yWA=\",\"serialNo\":\"8a6f0c52\"}",
                        "{\"logitcsInterface\":\"|$4|\",\"serialNo\":\"1\"}",
                        "[]")
                .map(it -> it.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("pushes")
    @FuzzTest(maxDuration = "5m")
    void a_push_is_opened_or_refused(byte[] push) {
        try {
            PUSHES.taken(PUSHES.open(push));
        } catch (Refused said) {
            if (said.problem().status() / 100 != 4) {
                throw new AssertionError(said.problem().toString(), said);
            }
        }
    }
}
