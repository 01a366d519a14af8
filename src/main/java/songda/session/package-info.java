/** Sessions with partners that want their callers logged in. */
package songda.session;
