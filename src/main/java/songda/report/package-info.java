/** What the hub tells people about itself by the clock: yesterday's numbers, a calendar that nobody has entered. */
package songda.report;
