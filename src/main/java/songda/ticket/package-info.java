/** What the doors to ticketing systems need beyond Camel's own components. */
package songda.ticket;
