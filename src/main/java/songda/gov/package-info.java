/** What the doors to the government network need beyond Camel's own components. */
package songda.gov;
