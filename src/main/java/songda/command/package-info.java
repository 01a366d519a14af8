/** What can be asked for on the command line: each starts just what it needs, or talks to the running hub. */
package songda.command;
