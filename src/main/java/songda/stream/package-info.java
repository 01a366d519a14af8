/** Every fact for everybody: published on {@code songda.facts} in the order of commits, without personal data. */
package songda.stream;
