package songda.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactCatalogueTest {

    private static final String GOOD =
            """
            facts:
              parcel.delivered: { zh: 妥投, en: delivered, rules: [R42], said-by: [postal, pda], stage: DELIVERED, data: { signer: words }, keeps: [signer] }
            """;

    @TempDir
    Path folder;

    private FactCatalogue read(String text) throws IOException {
        return FactCatalogue.read(Files.writeString(folder.resolve("facts.yaml"), text));
    }

    @Test
    void a_fact_is_read_with_all_that_is_said_of_it() throws IOException {
        FactType type = read(GOOD).get("parcel.delivered");
        assertThat(type.saidBy()).containsExactlyInAnyOrder("postal", "pda");
        assertThat(type.keeps()).containsExactly("signer");
        assertThat(type.stage()).isEqualTo("DELIVERED");
        assertThat(type.receiptStage()).isNull();
        assertThat(type.silent()).isFalse();
    }

    @Test
    void it_counts_by_a_field_and_lets_one_or_several_counts_begin_again() throws IOException {
        FactType type = read(GOOD.replace(
                        "signer: words }", "signer: words, way: code }, counts: times, by: way, resets: calls"))
                .get("parcel.delivered");
        assertThat(type.countsBy()).isEqualTo("way");
        assertThat(type.resets()).containsExactly("calls");
        assertThat(read(GOOD.replace("stage: DELIVERED", "resets: [calls, attempts]"))
                        .get("parcel.delivered")
                        .resets())
                .containsExactly("calls", "attempts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            stage: DELIVERED       | stag: DELIVERED   | parcel.delivered: unknown key 'stag'
            'said-by: [postal, pda]' | said-by: postal | parcel.delivered: said-by: write a list
            keeps: [signer]        | keeps: signer     | parcel.delivered: keeps: write a list
            'signer: words'        | 'signer: prose'   | parcel.delivered: data: unknown kind 'prose'
            'data: { signer: words }' | 'data: {}'     | parcel.delivered: keeps: write each of [signer] under data:
            'stage: DELIVERED'     | 'stage: DELIVERED, otherwise: refused' | parcel.delivered: otherwise: write 'otherwise: refused' beside from:
            'stage: DELIVERED'     | 'stage: DELIVERED, from: ACCEPTED' | parcel.delivered: from: write a list
            'stage: DELIVERED'     | 'stage: DELIVERED, counts: times, by: signer' | parcel.delivered: by: write a field of data: that is a code
            'stage: DELIVERED'     | 'stage: DELIVERED, seals: recipient' | parcel.delivered: seals: orders have sealed columns for
            facts:                 | fact:             | write 'facts:'
            zh: 妥投               | zh: [妥投         | cannot be read
            """)
    void a_bad_file_is_refused_with_file_and_reason(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace(good, bad)))
                .withMessageContaining("facts.yaml")
                .withMessageContaining(reason);
    }

    @Test
    void an_unknown_fact_names_the_file_to_mend() throws IOException {
        FactCatalogue catalogue = read(GOOD);
        assertThat(catalogue.find("parcel.lost")).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalogue.get("parcel.lost"))
                .withMessageContaining("add it to routes/facts.yaml");
    }
}
