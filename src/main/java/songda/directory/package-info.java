/** Who answers for which county and level: {@code mappings/directory/contacts.csv}. */
package songda.directory;
