package songda.api;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** For what Tomcat refuses before any application sees it: problem+json instead of a page with version and stack. */
public final class ProblemErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ProblemWriter.write(response, Problems.ofStatus(response.getStatus()), CorrelationFilter.fresh());
            response.finishResponse();
        } catch (IOException e) {
            // The connection is gone; there is nobody left to tell.
            container.getLogger().debug("no answer could be sent", e);
        }
    }
}
