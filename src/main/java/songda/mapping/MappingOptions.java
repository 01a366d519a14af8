package songda.mapping;

/** The parameters of {@code mapping:}. */
record MappingOptions(OnBreach breach, Takes takes, Gives gives) {}
