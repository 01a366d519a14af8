/** The order's own row: taken in sealed, shown masked, opened only for a door. */
package songda.order;
