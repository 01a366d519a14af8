package songda.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/**
 * The fields Signature-Input and Signature of one request: exactly one signature, in the canonical spelling of RFC 9651. The
 * canonical spelling rules out everything that two readers might read differently: doubled labels, components and parameters.
 *
 * @param components in signed order
 * @param input the value of {@code @signature-params}, as received
 */
record SignatureFields(
        List<String> components,
        String input,
        String keyId,
        String nonce,
        long created,
        Long expires,
        String alg,
        byte[] mac) {

    private static final int LONGEST = 2048;
    private static final Set<String> KNOWN = Set.of("created", "expires", "nonce", "alg", "keyid", "tag");
    private static final Pattern NONCE = Pattern.compile("[\\x21-\\x7e]{16,128}");
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws Denial 401 if there is no signature, 400 if it cannot be read */
    static SignatureFields of(Function<String, List<String>> headers) {
        String signatureInput = one(headers, "signature-input", "Signature-Input");
        String signature = one(headers, "signature", "Signature");
        if (signatureInput == null && signature == null) {
            throw Denial.unauthorised("unsigned");
        }
        Map.Entry<String, ListElement<?>> input = onlyMember(signatureInput, "Signature-Input");
        Map.Entry<String, ListElement<?>> value = onlyMember(signature, "Signature");
        if (!input.getKey().equals(value.getKey())) {
            throw Denial.malformed("Signature", "its label must be the one in Signature-Input");
        }
        if (!(input.getValue() instanceof InnerList list) || !(value.getValue() instanceof ByteSequenceItem bytes)) {
            throw Denial.malformed(
                    "Signature-Input", "must be a list of components; Signature must be bytes between colons");
        }
        return of(list, bytes);
    }

    private static SignatureFields of(InnerList list, ByteSequenceItem bytes) {
        Parameters params = list.getParams();
        if (!KNOWN.containsAll(params.keySet())) {
            throw Denial.malformed(
                    "Signature-Input", "has a parameter that is not one of created, expires, nonce, alg, keyid, tag");
        }
        Long created = number(params, "created");
        String nonce = text(params, "nonce");
        if (created == null || nonce == null || !NONCE.matcher(nonce).matches()) {
            throw Denial.tooWeak("must have created (seconds) and nonce (16 to 128 visible characters)");
        }
        String keyId = text(params, "keyid");
        if (keyId == null || !KEY_ID.matcher(keyId).matches()) {
            throw Denial.tooWeak("must have keyid");
        }
        byte[] mac = new byte[bytes.get().remaining()];
        bytes.get().get(mac);
        return new SignatureFields(
                components(list),
                list.serialize(),
                keyId,
                nonce,
                created,
                number(params, "expires"),
                text(params, "alg"),
                mac);
    }

    private static List<String> components(InnerList list) {
        List<String> names = new ArrayList<>();
        for (Item<?> item : list.get()) {
            if (!(item instanceof StringItem name) || !name.getParams().isEmpty() || names.contains(name.get())) {
                throw Denial.malformed("Signature-Input", "each component must be a plain string, named once");
            }
            names.add(name.get());
        }
        return names;
    }

    private static String one(Function<String, List<String>> headers, String name, String shown) {
        List<String> lines = headers.apply(name);
        if (lines.size() > 1) {
            throw Denial.malformed(shown, "must be sent once");
        }
        if (!lines.isEmpty() && lines.get(0).length() > LONGEST) {
            throw Denial.malformed(shown, "is longer than " + LONGEST + " characters");
        }
        return lines.isEmpty() ? null : lines.get(0);
    }

    private static Map.Entry<String, ListElement<?>> onlyMember(String value, String header) {
        if (value == null) {
            throw Denial.malformed(header, "is missing");
        }
        Map<String, ListElement<?>> members = dictionary(value, header);
        if (members.size() != 1) {
            throw Denial.malformed(header, "must carry exactly one signature");
        }
        return members.entrySet().iterator().next();
    }

    /** @throws Denial 400 if it is not a dictionary in canonical spelling */
    static Map<String, ListElement<?>> dictionary(String value, String header) {
        try {
            Dictionary parsed = Parser.parseDictionary(value);
            if (parsed.serialize().equals(value)) {
                return parsed.get();
            }
        } catch (ParseException e) {
            throw Denial.malformed(header, "is not a dictionary as in RFC 9651");
        }
        throw Denial.malformed(header, "is not in canonical spelling (RFC 9651): nothing twice, no blank too many");
    }

    private static String text(Parameters params, String name) {
        Item<?> item = params.get(name);
        if (item == null) {
            return null;
        }
        if (item instanceof StringItem text) {
            return text.get();
        }
        throw Denial.malformed("Signature-Input", name + " must be a string");
    }

    private static Long number(Parameters params, String name) {
        Item<?> item = params.get(name);
        if (item == null) {
            return null;
        }
        if (item instanceof IntegerItem number) {
            return number.getAsLong();
        }
        throw Denial.malformed("Signature-Input", name + " must be an integer");
    }
}
