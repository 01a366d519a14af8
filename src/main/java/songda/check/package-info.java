/** What can be said of {@code routes/} and {@code mappings/} before anything runs: each fault with its place and what to write instead. */
package songda.check;
