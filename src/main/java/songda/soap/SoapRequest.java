package songda.soap;

import java.nio.charset.Charset;

/** An envelope as it goes over the network. */
record SoapRequest(String contentType, String action, byte[] body) {

    /**
     * @param envelope XML without a declaration
     * @param action as SOAP 1.1 wants it in quotation marks
     * @param name of the charset as the partner knows it
     */
    static SoapRequest of(String envelope, String action, String name) {
        Charset charset =
                Charsets.named(name).orElseThrow(() -> new IllegalArgumentException("no such charset: " + name));
        String document = "<?xml version=\"1.0\" encoding=\"" + name + "\"?>" + envelope;
        return new SoapRequest("text/xml; charset=" + name, '"' + action + '"', document.getBytes(charset));
    }
}
