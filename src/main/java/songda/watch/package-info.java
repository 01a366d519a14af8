/** What operators see: the admin port with its login, Hawtio, probes and the metrics of every route. */
package songda.watch;
