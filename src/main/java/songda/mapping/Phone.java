package songda.mapping;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One spelling for a mainland phone number: {@code 13812345678} or {@code 0571-88888888}. */
final class Phone {

    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    /** 010 and 02x have three digits, every other area four; local numbers have seven or eight and begin with 2-9. */
    private static final Pattern LANDLINE = Pattern.compile("(010|02[0-9]|0[3-9][0-9]{2})([2-9][0-9]{6,7})");

    private static final Pattern COUNTRY = Pattern.compile("(?:\\+|00)86|86(?=[0-9]{10,12}$)");
    private static final String PUNCTUATION = " \u3000\u00A0-\u2010\u2011\u2012\u2013\u2014\uFF0D()\uFF08\uFF09.";

    private Phone() {}

    /** Empty when no spelling of it is a mainland number. */
    static Optional<String> normalise(String written) {
        String digits = squeeze(written);
        Optional<String> domestic = domestic(digits);
        return domestic.isPresent() ? domestic : abroad(digits);
    }

    private static Optional<String> abroad(String digits) {
        Matcher country = COUNTRY.matcher(digits);
        if (!country.lookingAt()) {
            return Optional.empty();
        }
        String rest = digits.substring(country.end());
        return domestic(rest).or(() -> domestic("0" + rest));
    }

    private static Optional<String> domestic(String digits) {
        if (MOBILE.matcher(digits).matches()) {
            return Optional.of(digits);
        }
        Matcher landline = LANDLINE.matcher(digits);
        return landline.matches() ? Optional.of(landline.group(1) + "-" + landline.group(2)) : Optional.empty();
    }

    /** Drops punctuation, makes full-width characters narrow. */
    private static String squeeze(String written) {
        var out = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (PUNCTUATION.indexOf(c) < 0) {
                out.append(c >= '\uFF01' && c <= '\uFF5E' ? (char) (c - 0xFEE0) : c);
            }
        }
        return out.toString();
    }
}
