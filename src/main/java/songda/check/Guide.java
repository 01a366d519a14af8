package songda.check;

import java.util.stream.Collectors;

/** The catalogue of rules as pages: {@code songda explain}, and {@code src/docs/guide/check-rules.md}. */
public final class Guide {

    private Guide() {}

    /** One rule, for a terminal. */
    public static String explain(Rule rule) {
        return "%s  %s\n\n%s\n%s\n\n为什么 / why:\n  %s\n  %s\n\n这样不行 / bad:\n%s\n\n这样可以 / good:\n%s\n"
                .formatted(
                        rule.id(),
                        rule.severity().word(),
                        plain(rule.say().zh()),
                        plain(rule.say().en()),
                        rule.why().zh(),
                        rule.why().en(),
                        rule.bad().indent(2).stripTrailing(),
                        rule.good().indent(2).stripTrailing());
    }

    /** The whole page. */
    public static String page() {
        return """
                # 检查规则 / Rules of the check

                `java -jar target/songda.jar check` 的每条规则；`explain <编号>` 在终端里显示同样内容。本页由 `songda/check/rules.yaml` 生成，勿手改：
                `java -jar target/songda.jar explain --page > src/docs/guide/check-rules.md`。
                Every rule of `check`; `explain <id>` shows the same. This page is made from `songda/check/rules.yaml`: do not edit it. Ids never change.
                An *error* would stop a start or fail with the first message; a *warning* runs, and is not as the house wants it.

                """
                + Rules.all().stream().map(Guide::section).collect(Collectors.joining("\n"));
    }

    private static String section(Rule rule) {
        return "## %s (%s)\n\n%s<br>\n%s\n\n%s。 / %s.\n\n这样不行 / bad:\n\n```yaml\n%s\n```\n\n这样可以 / good:\n\n```yaml\n%s\n```\n"
                .formatted(
                        rule.id(),
                        rule.severity().word(),
                        plain(rule.say().zh()),
                        plain(rule.say().en()),
                        rule.why().zh(),
                        rule.why().en(),
                        rule.bad(),
                        rule.good());
    }

    /** What was found is not known here. */
    private static String plain(String say) {
        return say.replaceAll("\\{\\d}", "…");
    }
}
