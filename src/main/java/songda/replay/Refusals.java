package songda.replay;

import songda.failure.Problem;
import songda.failure.Refused;

/** What the desk is told when letters cannot be replayed or dropped as it asked. */
final class Refusals {

    private Refusals() {}

    static Refused noSuchLetter() {
        return new Refused(Problem.of(
                404, "no-such-letter", "没有这封死信", "No such dead letter", field("id", "请核对编号 / check the number")));
    }

    static Refused beingReplayed() {
        return conflict(
                "letter-busy",
                "这封死信正在被重放",
                "This letter is being replayed at this moment",
                field("id", "看结果再说 / see what becomes of it"));
    }

    static Refused notOpen(String state, String by) {
        return conflict(
                "letter-state",
                "这封死信已经处理过了",
                "This letter has been dealt with",
                field("id", "它的状态是 / its state is " + state + "（" + by + "）"));
    }

    static Refused notReplayable() {
        return conflict(
                "letter-not-replayable",
                "这封死信不能重放",
                "This letter cannot be replayed",
                field("id", "不是发给某个门的报文，看过后放弃（drop） / no message to a door: look at it, then drop it"));
    }

    static Refused count(long now) {
        return conflict(
                "letter-count",
                "数目与现在的不符",
                "The count is not the present one",
                field(
                        "/count",
                        "现在是 " + now + " 封，确认后填这个数 / there are " + now + " now: type this number if all are meant"));
    }

    static Refused inJob(long job) {
        return conflict(
                "replay-running",
                "这些死信已在一次批量重放中",
                "A bulk replay has these letters already",
                field("/", "批量重放 " + job + "，等它结束或取消它 / replay " + job + ": wait for its end, or cancel it"));
    }

    static Refused noSuchJob() {
        return new Refused(Problem.of(
                404, "no-such-replay", "没有这次批量重放", "No such replay", field("id", "请核对编号 / check the number")));
    }

    static Refused jobState(String state) {
        return conflict(
                "replay-state",
                "批量重放现在不能这样改",
                "The replay cannot be changed like this now",
                field("id", "它的状态是 / its state is " + state));
    }

    static Refused nothingNamed() {
        return new Refused(Problem.of(
                422,
                "nothing-named",
                "没有说明是哪些死信",
                "It is not said which letters are meant",
                field("/", "填 fingerprint、door、system、since、until 之一 / name at least one of them")));
    }

    private static Refused conflict(String type, String zh, String en, Problem.Field field) {
        return new Refused(Problem.of(409, type, zh, en, field));
    }

    private static Problem.Field field(String path, String message) {
        return new Problem.Field(path, message);
    }
}
