/** Letters: composed from blocks, with charts and sheets, and handed over by SMTP so that a lost answer is told from a letter that never left. */
package songda.mail;
