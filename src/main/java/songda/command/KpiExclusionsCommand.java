package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "kpi-exclusions",
        description = "指标的剔除清单：列出、剔除、撤销 / what is left out of KPIs: lists, adds, withdraws",
        footer = {
            "",
            "songda kpi-exclusions list",
            "songda kpi-exclusions add --kpi delivered-3d --order ZW2026112300001 --reason 台风停运 --approver P0017",
            "songda kpi-exclusions withdraw 7 --reason 剔除有误"
        })
final class KpiExclusionsCommand {

    private static final String ALL = "/api/v1/kpi-exclusions";

    @Command(name = "list", description = "列出，最新的在前 / lists them, newest first")
    int list(
            @Mixin Hub hub,
            @Option(names = "--most", description = "几条 / how many (${DEFAULT-VALUE})", defaultValue = "50") int most) {
        for (JsonNode one : hub.get(ALL + "?limit=" + most).path("exclusions")) {
            System.out.println("%6d  %s  %-20s  %-20s  %s → %s  %s%s"
                    .formatted(
                            one.path("id").asLong(),
                            one.path("at").asText(),
                            one.path("kpi").asText(),
                            one.path("orderNo").asText(),
                            one.path("who").asText(),
                            one.path("approver").asText(),
                            one.path("reason").asText(),
                            one.path("withdrawnAt").isNull()
                                    ? ""
                                    : "  （已撤销 / withdrawn "
                                            + one.path("withdrawnAt").asText() + " "
                                            + one.path("withdrawnWhy").asText() + "）"));
        }
        return 0;
    }

    @Command(name = "add", description = "剔除一件邮件，须有批准人 / leaves an item out; somebody else has agreed")
    int add(
            @Mixin Hub hub,
            @Option(names = "--kpi", required = true, description = "哪个指标，* 为全部 / which KPI, * is every one")
                    String kpi,
            @Option(names = "--order", required = true, description = "订单号 / order number") String order,
            @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
                    String reason,
            @Option(
                            names = "--approver",
                            required = true,
                            description = "批准人的工号，不得是申请人 / work number of who agreed, not of who asks")
                    String approver) {
        return DeadlinesCommand.print(hub.post(
                ALL,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kpi", kpi)
                        .put("orderNo", order)
                        .put("reason", reason)
                        .put("approver", approver)));
    }

    @Command(name = "withdraw", description = "撤销一条剔除，邮件重新计入 / withdraws one, the item counts again")
    int withdraw(
            @Mixin Hub hub,
            @Parameters(paramLabel = "<id>") String id,
            @Option(names = "--reason", required = true, description = "原因，留审计记录 / the reason, which is audited")
                    String reason) {
        return DeadlinesCommand.print(hub.post(
                ALL + "/" + id + "/withdraw",
                JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }
}
