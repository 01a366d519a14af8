package songda.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings as somebody reads them: a person, a program, GitHub's checks, a build server. */
public enum Report {
    TEXT {
        @Override
        public String of(List<Finding> findings, String language) {
            return findings.stream().map(f -> f.line(language) + "\n").collect(Collectors.joining());
        }
    },
    JSON {
        @Override
        public String of(List<Finding> findings, String language) {
            ObjectMapper mapper = new ObjectMapper();
            ArrayNode all = mapper.createArrayNode();
            findings.forEach(f -> all.add(json(mapper.createObjectNode(), f, language)));
            try {
                return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    GITHUB {
        @Override
        public String of(List<Finding> findings, String language) {
            return findings.stream()
                    .map(f -> "::%s file=%s,line=%d,col=%d,title=%s::%s\n"
                            .formatted(
                                    f.rule().severity().word(),
                                    escaped(f.place().file())
                                            .replace(",", "%2C")
                                            .replace(":", "%3A"),
                                    f.place().line(),
                                    f.place().column(),
                                    f.rule().id(),
                                    escaped(f.message(language))))
                    .collect(Collectors.joining());
        }
    },
    JUNIT {
        @Override
        public String of(List<Finding> findings, String language) {
            Map<String, List<Finding>> byRule = findings.stream()
                    .collect(Collectors.groupingBy(f -> f.rule().id(), TreeMap::new, Collectors.toList()));
            StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
            xml.append("<testsuite name=\"songda check\" tests=\"%d\" failures=\"%d\">\n"
                    .formatted(Rules.all().size(), byRule.size()));
            for (Rule rule : Rules.all()) {
                xml.append("  <testcase classname=\"songda.check\" name=\"%s\"".formatted(rule.id()));
                List<Finding> of = byRule.get(rule.id());
                xml.append(
                        of == null
                                ? "/>\n"
                                : "><failure message=\"%d\">%s</failure></testcase>\n"
                                        .formatted(of.size(), xml(TEXT.of(of, language))));
            }
            return xml.append("</testsuite>\n").toString();
        }
    };

    /** @param language {@code zh} or {@code en} */
    public abstract String of(List<Finding> findings, String language);

    private static ObjectNode json(ObjectNode node, Finding f, String language) {
        return node.put("file", f.place().file())
                .put("line", f.place().line())
                .put("column", f.place().column())
                .put("severity", f.rule().severity().word())
                .put("rule", f.rule().id())
                .put("message", f.message(language));
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "?");
    }
}
