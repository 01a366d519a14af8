/** How well the norm is kept, in numbers: counts of items by day and county, what is left out of them, and months as they were told. */
package songda.kpi;
