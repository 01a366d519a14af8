package songda.chaos;

import java.time.Instant;

/**
 * One message in a partner's journal.
 *
 * @param end why the other side saw no proper answer, or empty
 * @param what what of body and answer the checker wants: numbers given, "whole", "copy", a digest of the body
 */
record Line(String partner, Instant at, String op, String key, int status, String end, String what) {}
