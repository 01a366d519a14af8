package songda.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteFolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void a_product_and_a_site() throws IOException {
        write("product/routes/facts.yaml", "facts of the product");
        write("product/routes/edge/gov/gov-send-status.camel.yaml", "status");
        write("product/mappings/gov/status/map.jslt", "map of the product");
        write("product/mappings/gov/status/examples/one.in.json", "{}");
        write("site/site.yaml", "zh: 某地\nen: some place\n");
        write("site/README.md", "for people");
    }

    @Test
    void a_file_of_the_site_takes_the_place_of_the_product_s_or_is_added() throws IOException {
        write("site/mappings/gov/status/map.jslt", "map of the site");
        write("site/routes/edge/swift/system.yaml", "swift");
        SiteFolder site = site();
        assertThat(site.replaced()).containsExactly("mappings/gov/status/map.jslt");
        assertThat(site.added()).containsExactly("routes/edge/swift/system.yaml");
        Path laid = site.lay(folder.resolve("laid"));
        assertThat(laid.resolve("mappings/gov/status/map.jslt")).hasContent("map of the site");
        assertThat(laid.resolve("routes/edge/swift/system.yaml")).hasContent("swift");
        assertThat(laid.resolve("routes/facts.yaml")).hasContent("facts of the product");
    }

    @Test
    void what_the_site_leaves_out_is_not_there_be_it_a_file_or_a_folder() throws IOException {
        write(
                "site/site.yaml",
                "zh: 某地\nen: some place\nwithout: [routes/edge/gov/gov-send-status.camel.yaml, mappings/gov/status/examples]\n");
        Path laid = site().lay(folder.resolve("laid"));
        try (var all = Files.walk(laid)) {
            assertThat(new TreeSet<>(all.filter(Files::isRegularFile)
                            .map(file -> laid.relativize(file).toString())
                            .toList()))
                    .containsExactly("mappings/gov/status/map.jslt", "routes/facts.yaml");
        }
    }

    @Test
    void what_is_laid_out_never_changes_and_another_content_is_another_folder() throws IOException {
        Path first = site().lay(folder.resolve("laid"));
        assertThat(site().lay(folder.resolve("laid"))).isEqualTo(first);
        write("product/routes/facts.yaml", "edited");
        Path second = site().lay(folder.resolve("laid"));
        write("site/routes/facts.yaml", "facts of the site");
        Path third = site().lay(folder.resolve("laid"));
        assertThat(first.resolve("routes/facts.yaml")).hasContent("facts of the product");
        assertThat(second.resolve("routes/facts.yaml")).hasContent("edited");
        assertThat(third.resolve("routes/facts.yaml")).hasContent("facts of the site");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            site.yaml               | en: some place                              | write zh: and en:
            site.yaml               | {zh: 某地, en: some place, witout: []}      | unknown key 'witout'
            site.yaml               | zh: [                                       | no YAML
            site.yaml               | {zh: 某, en: x, without: [routes/fact.yaml]} | without: routes/fact.yaml 产品中没有
            maps/gov/codes.csv      | a                                           | put it below routes/ or mappings/
            codes.csv               | a                                           | put it below routes/ or mappings/
            """)
    void what_nobody_would_read_is_found(String file, String text, String fault) throws IOException {
        write("site/" + file, text);
        assertThatIllegalArgumentException().isThrownBy(this::site).withMessageContaining(fault);
    }

    @Test
    void a_file_that_is_left_out_and_replaced_is_found() throws IOException {
        write("site/site.yaml", "zh: 某地\nen: some place\nwithout: [mappings/gov/status]\n");
        write("site/mappings/gov/status/map.jslt", "map of the site");
        assertThatIllegalArgumentException()
                .isThrownBy(this::site)
                .withMessageContaining("without: mappings/gov/status")
                .withMessageContaining("keep one of the two");
    }

    @Test
    void a_site_that_does_not_say_what_it_is_is_found() throws IOException {
        Files.delete(folder.resolve("site/site.yaml"));
        assertThatIllegalArgumentException().isThrownBy(this::site).withMessageContaining("site.yaml");
    }

    private SiteFolder site() {
        return new SiteFolder(
                folder.resolve("site"), folder.resolve("product/routes"), folder.resolve("product/mappings"));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
