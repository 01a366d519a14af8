/** The proof: orders are driven through hubs, database, Kafka and partners that are killed, frozen and cut off, and a stranger checks the rest. */
package songda.chaos;
