/** Business time: one clock for all nodes, kept in PostgreSQL. */
package songda.clock;
