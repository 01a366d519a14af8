/** Files that a partner drops on its SFTP server: claimed, staged whole and sealed, read piece by piece, answered. */
package songda.drop;
