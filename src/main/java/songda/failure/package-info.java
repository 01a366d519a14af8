/** How the hub says no: what can never succeed, what is kept for a person, and the words for both. */
package songda.failure;
