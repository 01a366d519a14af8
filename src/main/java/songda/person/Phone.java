package songda.person;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Chinese phone number taken apart.
 *
 * @param area empty for a mobile number, else {@code 0571}
 * @param number digits after the area code
 * @param extension digits, or empty
 */
record Phone(String area, String number, String extension) {

    private static final Pattern LAND = Pattern.compile("(0(?:10|2\\d|[3-9]\\d{2}))-?(\\d{7,8})(?:[-转#*](\\d{1,6}))?");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern NOISE = Pattern.compile("[\\s()\\p{Cf}]");
    private static final Pattern DASH = Pattern.compile("[\\u2010-\\u2015\\u2212]");
    private static final Pattern PREFIX = Pattern.compile("^(?:\\+|00)86-?(?=\\d)");
    private static final Pattern MOBILE_WITH_86 = Pattern.compile("86(1[3-9]\\d{9})");

    static Phone of(String spelling) {
        if (MOBILE.matcher(spelling).matches()) {
            return new Phone("", spelling, "");
        }
        String text = Normalizer.normalize(spelling, Normalizer.Form.NFKC);
        text = DASH.matcher(NOISE.matcher(text).replaceAll("")).replaceAll("-");
        Matcher prefix = PREFIX.matcher(text);
        boolean foreignSpelling = prefix.find();
        String rest = foreignSpelling ? text.substring(prefix.end()) : text;
        String digits = rest.replace("-", "");
        if (foreignSpelling && !digits.startsWith("1") && !digits.startsWith("0")) {
            rest = "0" + rest;
        }
        Matcher mobile = MOBILE_WITH_86.matcher(digits);
        if (mobile.matches()) {
            return new Phone("", mobile.group(1), "");
        }
        Matcher land = LAND.matcher(rest);
        if (land.matches()) {
            return new Phone(land.group(1), land.group(2), land.group(3) == null ? "" : land.group(3));
        }
        return new Phone("", digits.replaceAll("\\D", ""), "");
    }

    String whole() {
        return area + number + (extension.isEmpty() ? "" : "-" + extension);
    }

    String tail() {
        return number.substring(Math.max(0, number.length() - 4));
    }

    /** {@code 138******34}, {@code 0571******78}: six digits hidden, as the standard for waybills asks; a short number shows none. */
    String onLabel() {
        if (number.length() < 7) {
            return "******";
        }
        int shown = number.length() - 6;
        int first = area.isEmpty() ? Math.max(0, shown - 2) : 0;
        return area + number.substring(0, first) + "******" + number.substring(first + 6);
    }

    /** {@code 138****1234}, {@code 0571****5678}; a number too short to hide six digits of shows none. */
    String masked() {
        if (!area.isEmpty()) {
            return area + "****" + tail();
        }
        return number.length() < 11 ? "****" : number.substring(0, 3) + "****" + tail();
    }
}
