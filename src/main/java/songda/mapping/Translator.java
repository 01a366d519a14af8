package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** The compiled heart of one mapping, in one of two languages. Safe for many threads. */
sealed interface Translator permits JsltTranslator, XsltTranslator {

    /** True when a message is XML, so that it is given as bytes and has no JSON schema. */
    boolean readsXml();

    /** JSON in; JsonNode or String out. */
    Object translate(JsonNode message);

    /** XML in; JsonNode or String out. */
    Object translate(byte[] xml);
}
