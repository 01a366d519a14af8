package songda.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The partners' stand-ins are strangers: what both sides understand is only what goes over the network. */
class PartnersApartTest {

    private static final Path HUB = Path.of("target/classes");
    private static final Path JAR = Path.of("target/songda-partners.jar");

    @Test
    void the_stand_ins_share_no_class_with_the_hub() throws IOException {
        assertThat(partners()).isNotEmpty().doesNotContainAnyElementsOf(hub());
    }

    @Test
    void no_stand_in_names_a_class_of_the_hub() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            JavaClasses classes = new ClassFileImporter().importJar(jar);
            assertThat(classes.stream().flatMap(c -> c.getDirectDependenciesFromSelf().stream()))
                    .isNotEmpty()
                    .noneMatch(d -> isHub(d.getTargetClass()));
        }
    }

    @Test
    void the_hub_names_no_class_of_the_stand_ins() {
        JavaClasses classes = new ClassFileImporter().importPath(HUB.resolve("songda"));
        assertThat(classes.stream().flatMap(c -> c.getDirectDependenciesFromSelf().stream()))
                .noneMatch(d -> d.getTargetClass().getName().startsWith("partners."));
    }

    private static boolean isHub(JavaClass type) {
        return type.getBaseComponentType().getName().startsWith("songda.");
    }

    private static Set<String> partners() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(e -> e.getName())
                    .filter(n -> n.endsWith(".class"))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> hub() throws IOException {
        try (var files = Files.walk(HUB)) {
            return files.map(f -> HUB.relativize(f).toString().replace('\\', '/'))
                    .filter(n -> n.endsWith(".class"))
                    .collect(Collectors.toSet());
        }
    }
}
