package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import songda.check.Finding;
import songda.failure.Problem;
import songda.failure.Problem.Field;
import songda.failure.Refused;

/** Why a configuration is not switched to. In each case the former one runs on, whole. */
final class Refusals {

    private static final int MOST_LINES = 100;

    private Refusals() {}

    static Refused invalid(String path, String message) {
        return new Refused(Problem.of(
                422,
                "invalid-configuration-request",
                "请求不合要求",
                "The request breaks its contract",
                new Field(path, message)));
    }

    static Refused noSuchVersion(long number) {
        return new Refused(Problem.of(
                404,
                "no-such-version",
                "没有这个版本",
                "No such version",
                new Field("version", number + "：见 songda history / see songda history")));
    }

    static Refused beingChanged() {
        return new Refused(Problem.of(
                409,
                "configuration-being-changed",
                "另一项配置变更正在进行",
                "Another change of the configuration is under way",
                new Field(
                        "configuration",
                        "等它结束（songda history），再试 / wait until it has ended (songda history), then try again")));
    }

    static Refused notFollowed(long running, long active) {
        return new Refused(
                Problem.of(
                        409,
                        "configuration-not-followed",
                        "这个节点还没有跟上现行版本",
                        "This node has not followed to the version in force",
                        new Field(
                                "configuration",
                                "它在运行 " + running + "，现行 " + active
                                        + "：稍后再试；一直跟不上时看 songda history 里它的原因 / it runs one, another is in force: try again, or see in songda history why it cannot")));
    }

    static Refused atAStart(List<String> files) {
        return new Refused(new Problem(
                422,
                "configuration-needs-a-start",
                "有的文件只在启动时生效，全部没有改",
                "Some of these files count at a start only; nothing was changed",
                files.stream()
                        .map(
                                file -> new Field(
                                        file,
                                        "放到磁盘上，用 SONGDA_CONFIG_FROM=disk 重启一个节点，再重启其余节点 / put it on the disk, restart one node with SONGDA_CONFIG_FROM=disk, then the others"))
                        .toList()));
    }

    /** @param folder where the files were laid out to be looked at */
    static Refused faulty(List<Finding> errors, Folder folder) {
        return new Refused(new Problem(
                422,
                "configuration-refused",
                "配置有误，仍用原来的",
                "The configuration is wrong, the former one stays",
                errors.stream()
                        .limit(MOST_LINES)
                        .map(f -> new Field(
                                folder.named(f.place().toString()),
                                folder.named(f.rule().id() + " " + f.message("zh") + " / " + f.message("en"))))
                        .toList()));
    }

    /** @param mappings {@code {mapping, messages, failing, failure}} */
    static Refused wouldFail(List<JsonNode> mappings) {
        return new Refused(new Problem(
                422,
                "configuration-would-fail",
                "用它发不出最近的报文，仍用原来的",
                "Messages of late would fail with it, the former one stays",
                mappings.stream()
                        .map(
                                m -> new Field(
                                        "mappings/" + m.path("mapping").asText(),
                                        m.path("failing").asLong() + " / "
                                                + m.path("messages").asLong()
                                                + " 条会失败：" + m.path("failure").asText()
                                                + "；看 songda preview，改映射；确认仍要生效时加 --despite-failing / of the last messages would fail: see songda preview and mend the mapping, or add --despite-failing"))
                        .toList()));
    }

    static Refused notForSome(List<String> files) {
        return new Refused(new Problem(
                422,
                "configuration-not-for-some",
                "灰度只能改转换",
                "A canary may change mappings only",
                files.stream()
                        .map(file -> new Field(
                                file, "对全部报文生效，不能只对一部分：另行 apply / holds for all messages: apply it by itself"))
                        .toList()));
    }

    static Refused canaryUnderWay(long number) {
        return new Refused(Problem.of(
                409,
                "configuration-canary-under-way",
                "灰度还没有了结",
                "A canary is under way",
                new Field(
                        "configuration",
                        "版本 " + number
                                + "：先 songda canary confirm 或 songda canary withdraw / confirm or withdraw it first")));
    }

    static Refused noCanary() {
        return new Refused(Problem.of(
                409,
                "no-configuration-canary",
                "没有灰度",
                "No canary is under way",
                new Field("configuration", "看 songda history / see songda history")));
    }

    static Refused notSwitched(String why) {
        return new Refused(Problem.of(
                422,
                "configuration-not-switched",
                "装不上，已全部退回原来的版本",
                "It could not be loaded, all of the former version runs",
                new Field("configuration", why)));
    }

    static Refused notRecorded(long former) {
        return new Refused(
                Problem.of(
                        503,
                        "configuration-not-recorded",
                        "数据库没有应答，已退回原来的版本",
                        "The database is away, the former version runs",
                        new Field(
                                "configuration",
                                "版本 " + former
                                        + " 在运行；数据库恢复后看 songda history，再做一次 / it runs; when the database is back look at songda history and do it again")));
    }
}
