/** Reads {@code routes/} from disk into Camel and sets how each kind of route fails. */
package songda.route;
