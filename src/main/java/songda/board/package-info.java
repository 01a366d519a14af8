/** The operators' board: one page on the admin port, over what the desk may see and do. */
package songda.board;
