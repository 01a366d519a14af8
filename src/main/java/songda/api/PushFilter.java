package songda.api;

import jakarta.servlet.http.HttpServletRequest;
import songda.postal.EmsPush;

/**
 * The post's platform does not sign as our partners do: its envelope says who it is. Behind this filter stands what was sealed, so that a
 * route, and a dead letter, has that.
 */
final class PushFilter extends UnsignedFilter {

    private final transient EmsPush pushes;

    PushFilter(EmsPush pushes, ProblemWriter problems) {
        super(problems, "postal", "ems");
        this.pushes = pushes;
    }

    @Override
    Push read(HttpServletRequest request) {
        EmsPush.Opened push = pushes.open(Attribute.body(request));
        return new Push(new BodyRequest(request, push.content()), pushes.taken(push));
    }
}
