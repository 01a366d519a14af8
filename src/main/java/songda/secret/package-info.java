/** Files that only the hub's own user may read: keys and partners' secrets. */
package songda.secret;
