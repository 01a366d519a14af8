package songda.mapping;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in, a mapping gives a result or says what is wrong: no other exception, and not for ever. The first byte chooses the
 * mapping. {@code JAZZER_FUZZ=1 mvn -Pfuzz test} goes on from the examples for some minutes, guided by what they reach; without the
 * variable it takes the examples alone.
 */
@Tag("fuzz")
class MappingFuzzTest {

    private static final Mappings MAPPINGS = new Mappings(Path.of("mappings"));
    private static final List<String> NAMES = MAPPINGS.names().stream().sorted().toList();

    static Stream<byte[]> examples() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (String name : NAMES) {
            try (Stream<Path> files = Files.list(Path.of("mappings", name, "examples"))) {
                for (Path in : files.filter(it -> it.toString().contains(".in."))
                        .sorted()
                        .toList()) {
                    ByteArrayOutputStream message = new ByteArrayOutputStream();
                    message.write(NAMES.indexOf(name));
                    message.write(Files.readAllBytes(in));
                    all.add(message.toByteArray());
                }
            }
        }
        return all.stream();
    }

    @MethodSource("examples")
    @FuzzTest(maxDuration = "5m")
    void whatever_comes_is_mapped_or_said_to_be_wrong(byte[] message) {
        if (message.length == 0) {
            return;
        }
        String name = NAMES.get(Byte.toUnsignedInt(message[0]) % NAMES.size());
        try {
            MAPPINGS.get(name).translate((Object) Arrays.copyOfRange(message, 1, message.length));
        } catch (Breach said) {
            if (said.text().isBlank()) {
                throw new AssertionError(name + " says nothing", said);
            }
        }
    }
}
