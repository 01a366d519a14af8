package songda.printer;

/** A printer as it stands somewhere: what it takes to get one job onto paper. */
interface Machine {

    /** Returns when the job is on paper, or when a printer that says nothing of jobs has taken all of it. */
    void print(byte[] job) throws NothingPrinted, MaybePrinted;
}
