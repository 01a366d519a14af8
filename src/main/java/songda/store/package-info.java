/** How the hub talks to PostgreSQL: SQL in files, rows in columns, numbers by the thousand. */
package songda.store;
