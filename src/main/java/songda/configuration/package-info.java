/** What {@code routes/} and {@code mappings/} are now, were before and shall be: versions in the database, tried, switched to and undone while the hub runs. */
package songda.configuration;
