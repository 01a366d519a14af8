package songda.api;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import songda.failure.Problem;
import songda.failure.Problem.Field;
import songda.failure.Refused;

/** Every refusal of the public port, in both languages. No text of an exception and no value of a request gets in here. */
final class Problems {

    static final Problem NO_SUCH_PATH = Problem.of(404, "not-found", "没有这个地址", "There is nothing at this address");
    static final Problem WRONG_METHOD =
            Problem.of(405, "method-not-allowed", "该地址不支持这个方法", "This address does not know this method");
    static final Problem TOO_LARGE = Problem.of(413, "too-large", "请求体过大", "The body is too large");
    static final Problem TOO_SLOW = Problem.of(408, "too-slow", "请求体到达太慢", "The body took too long to arrive");
    static final Problem NO_LENGTH =
            Problem.of(411, "length-required", "缺少 Content-Length", "Send Content-Length, or a chunked body");
    static final Problem BROKEN_BODY =
            Problem.of(400, "broken-body", "请求体不完整", "The body is shorter than announced, or wrongly chunked");
    static final Problem EMPTY_BODY = Problem.of(400, "empty-body", "请求体为空", "The body is empty");
    static final Problem BODY_NOT_WANTED =
            Problem.of(400, "body-not-wanted", "GET 请求不能带请求体", "A GET request must have no body");
    static final Problem BAD_PATH = Problem.of(
            400,
            "bad-path",
            "地址中有不允许的字符",
            "The path may have only letters, digits, '.', '_', '~' and '-' between single slashes");
    static final Problem UNAVAILABLE = Problem.of(
            503, "unavailable", "系统暂时不可用，请稍后重试", "The hub cannot store anything right now: send the same again later");
    static final Problem BUSY =
            Problem.of(429, "too-many-requests", "请求过多，请稍后重试", "Too many requests at once: send the same again later");
    static final Problem DISK_FULL =
            Problem.of(503, "disk-full", "磁盘将满，暂不接收，请稍后重试", "The hub's disk is nearly full: send the same again later");
    static final Problem STOPPING = Problem.of(
            503, "stopping", "本节点正在停机，请稍后重试", "This node is stopping: send the same again, to another node or later");
    static final Problem INTERNAL =
            Problem.of(500, "internal", "系统内部错误，请提供关联号", "The hub has failed: tell its operators the correlation id");

    // connection lost, too many connections, out of disk or memory, server shutting down
    private static final Set<String> SQL_CLASSES_THAT_PASS = Set.of("08", "53", "57", "58");

    private Problems() {}

    static Problem badHeader(String name, String message) {
        return Problem.of(400, "bad-header", "请求头不正确", "A header is wrong", new Field(name, message));
    }

    static Problem mediaType(String header, String message) {
        return Problem.of(
                415,
                "unsupported-media-type",
                "不支持的内容类型或编码",
                "The content type or coding is not supported",
                new Field(header, message));
    }

    static Problem badParameter(String name, String message) {
        return Problem.of(400, "invalid-parameter", "参数不正确", "A parameter is wrong", new Field(name, message));
    }

    /** For what the web server itself refuses, before or beside the filters. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(400, "bad-request", "请求不符合 HTTP 规范", "The request is not proper HTTP");
            case 401 -> Problem.of(401, "unauthorised", "需要登录或签名", "A login or a signature is needed");
            case 403 -> Problem.of(403, "forbidden", "没有权限", "This is not allowed");
            case 404 -> NO_SUCH_PATH;
            case 405 -> WRONG_METHOD;
            case 406 -> Problem.of(406, "not-acceptable", "没有所要求的格式", "There is no such format");
            case 408 -> TOO_SLOW;
            case 411 -> NO_LENGTH;
            case 413 -> TOO_LARGE;
            case 414 -> Problem.of(414, "address-too-long", "地址过长", "The address is too long");
            case 415 -> Problem.of(415, "unsupported-media-type", "不支持的内容类型", "The content type is not supported");
            case 429 -> BUSY;
            case 431 -> Problem.of(431, "headers-too-large", "请求头过大", "The headers are too large");
            case 501 -> Problem.of(501, "not-implemented", "不支持", "The hub does not know this");
            case 503 -> UNAVAILABLE;
            default ->
                status >= 400 && status < 500
                        ? Problem.of(status, "bad-request", "请求不正确", "The request is wrong")
                        : INTERNAL;
        };
    }

    /** Refused → its own problem; a database that may come back → 503; anything else → 500. */
    static Problem of(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 20; at = at.getCause(), depth++) {
            if (at instanceof Refused refused) {
                return refused.problem();
            }
            if (mayPass(at)) {
                return UNAVAILABLE;
            }
        }
        return INTERNAL;
    }

    // Constraint violations and bad SQL fail for ever: a 503 would make the sender repeat them for ever.
    private static boolean mayPass(Throwable t) {
        return t instanceof TransientDataAccessException
                || t instanceof RecoverableDataAccessException
                || t instanceof DataAccessResourceFailureException
                || t instanceof CannotCreateTransactionException
                // The connection died in the middle or at the commit: nobody knows, and the same again is harmless.
                || t instanceof TransactionSystemException
                || t instanceof SQLTransientException
                || t instanceof SQLRecoverableException
                || t instanceof SQLNonTransientConnectionException
                || (t instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().length() == 5
                        && SQL_CLASSES_THAT_PASS.contains(sql.getSQLState().substring(0, 2)));
    }
}
