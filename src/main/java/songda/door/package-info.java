/** The doors: what a step owes ({@code to: door:<id>}) travels through Kafka and is settled at the edge ({@code from: door:<id>}). */
package songda.door;
