/** The hub and its partners as separate processes: what only kill -9, an outage or a second start can show. */
package songda.process;
