package songda.configuration;

/** The version that this node runs, and where its files lie here. */
record Running(long number, String digest, Folder folder) {}
