/** What an order owes, in two books that are never mixed; the units' monthly statements, and the carrier's bill beside them (R12, R78, R94, A36). */
package songda.settlement;
