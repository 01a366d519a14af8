/** What happened: recorded once, in one transaction with everything that its steps plan. */
package songda.fact;
