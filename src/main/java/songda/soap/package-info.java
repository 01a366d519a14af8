/** SOAP 1.1 over HTTP as bytes: how an envelope is written for a partner, and what of a partner's answer can be an envelope. */
package songda.soap;
