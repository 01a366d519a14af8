/** The embedded default: a PostgreSQL and a Kafka of the hub's own, durable in the data folder. */
package songda.embedded;
