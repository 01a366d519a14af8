/** Label printers on TCP: one connection is one job. */
package songda.printer;
