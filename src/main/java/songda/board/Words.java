package songda.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.stereotype.Component;
import songda.configuration.ConfigurationDesk;
import songda.fact.FactCatalogue;

/** What facts and counties are called, as the configuration in force says. */
@Component
final class Words {

    private static final String REGIONS = "mappings/gov/region/names.csv";
    private final FactCatalogue catalogue;
    private final ConfigurationDesk configuration;

    Words(FactCatalogue catalogue, ConfigurationDesk configuration) {
        this.catalogue = catalogue;
        this.configuration = configuration;
    }

    /** @return {@code {facts: {name: {zh, en}}, counties: {code: name}}} */
    ObjectNode json() {
        ObjectNode words = JsonNodeFactory.instance.objectNode();
        ObjectNode facts = words.putObject("facts");
        catalogue.names().forEach(name -> facts.putObject(name)
                .put("zh", catalogue.get(name).zh())
                .put("en", catalogue.get(name).en()));
        ObjectNode counties = words.putObject("counties");
        configuration.text(REGIONS).lines().map(line -> line.split(",", -1)).forEach(row -> {
            // The long name stands before the short one.
            if (row.length == 2 && row[1].matches("33[0-9]{0,4}") && !counties.has(row[1])) {
                counties.put(row[1], row[0]);
            }
        });
        return words;
    }
}
