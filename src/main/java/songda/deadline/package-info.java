/** Time is a system that reports facts: ladders open rows, and a row that falls due reports its fact. */
package songda.deadline;
