package songda.failure;

/** Can never succeed as it is: the sender must change something. Nothing is stored but an audit line. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.type() + " " + problem.fields(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
