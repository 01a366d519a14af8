package songda.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.sms.AliyunAccount;

/**
 * The SMS provider signs nothing: the address that it was given ends in a token that only it knows. Behind this filter the address ends
 * before it, so that no route, log or trace has it.
 */
final class SmsPushFilter extends UnsignedFilter {

    private static final byte[] TAKEN = "{\"code\":0,\"msg\":\"接收成功\"}".getBytes(StandardCharsets.UTF_8);
    private final transient AliyunAccount account;

    SmsPushFilter(AliyunAccount account, ProblemWriter problems) {
        super(problems, "sms", "aliyun");
        this.account = account;
    }

    @Override
    Push read(HttpServletRequest request) {
        String path = request.getRequestURI();
        int end = path.lastIndexOf('/');
        if (!account.pushes(path.substring(end + 1))) {
            throw new Refused(Problem.of(
                    401, "unauthorised", "推送地址不对", "The address of this push is not the one that was agreed"));
        }
        return new Push(new Shortened(request, path.substring(0, end)), TAKEN);
    }

    private static final class Shortened extends HttpServletRequestWrapper {

        private final String path;

        Shortened(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(path);
        }

        @Override
        public String getPathInfo() {
            return path.substring((getContextPath() + getServletPath()).length());
        }
    }
}
