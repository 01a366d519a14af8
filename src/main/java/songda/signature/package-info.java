/** Who speaks: HTTP message signatures (RFC 9421) and digests (RFC 9530) of the partners' requests. */
package songda.signature;
