package songda.kpi;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue: which KPIs there are, and which are not counted yet for want of a fact.
 *
 * @param missing an honest list: what would be a zero is none
 */
public record Kpis(List<Kpi> kpis, List<Missing> missing) {

    /** @param needs which fact it waits for, Chinese and English */
    public record Missing(String zh, String en, List<String> rules, String needs) {}

    public static final Kpis ALL = read();

    private static Kpis read() {
        try (InputStream in = Kpis.class.getResourceAsStream("kpis.yaml")) {
            return new YAMLMapper().readValue(in, Kpis.class);
        } catch (IOException e) {
            throw new UncheckedIOException("songda/kpi/kpis.yaml", e);
        }
    }

    /** Days until all items of a day are judged, whatever the KPI. */
    int mature() {
        return kpis.stream().mapToInt(Kpi::mature).max().orElse(0);
    }

    Optional<Kpi> find(String code) {
        return kpis.stream().filter(k -> k.code().equals(code)).findFirst();
    }
}
