package songda.failure;

/** Can never succeed as it is: the sender must change something. Nothing is stored but an audit line. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.type() + " " + problem.fields(), null, false, false);
        this.problem = problem;
    }

    /** 404: there is no such order, or it is not the caller's to see. */
    public static Refused noSuchOrder() {
        return new Refused(Problem.of(
                404,
                "no-such-order",
                "没有这个订单",
                "No such order",
                new Problem.Field("orderNo", "请核对订单号 / check the number")));
    }

    public Problem problem() {
        return problem;
    }
}
