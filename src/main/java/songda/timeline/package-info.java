/** Timelines: what the business expects of steps and ladders, played on a clock of their own through the real engine. */
package songda.timeline;
