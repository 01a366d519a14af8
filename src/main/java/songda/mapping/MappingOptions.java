package songda.mapping;

/**
 * The parameters of {@code mapping:}.
 *
 * @param each the body is a list and each of its elements is translated by itself; the door through which one that was set aside is replayed.
 *     Empty: the body is one message
 */
record MappingOptions(OnBreach breach, Takes takes, Gives gives, String each) {}
