/** The SMS provider: its client, its account, and what it pushes to us. */
package songda.sms;
