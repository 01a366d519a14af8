package songda.chaos;

/** @param invariant I1 to I13; @param where the order, effect or deadline that shows it */
record Violation(String invariant, String what, String where) {

    @Override
    public String toString() {
        return invariant + " " + what + ": " + where;
    }
}
