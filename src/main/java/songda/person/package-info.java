/** Personal data: sealed at rest, found by keyed hash, masked wherever a person looks. */
package songda.person;
