package songda.configuration;

/**
 * What a change is put in force in spite of.
 *
 * @param failing messages of late would fail with it
 * @param timelines some do not come out as they are written
 */
record Despite(boolean failing, boolean timelines) {

    static final Despite NOTHING = new Despite(false, false);

    /** What ran before may run again. */
    static final Despite EVERYTHING = new Despite(true, true);
}
