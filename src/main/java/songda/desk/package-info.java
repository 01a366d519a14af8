/** What people at the desk may see and change of the hub itself; nobody else. */
package songda.desk;
