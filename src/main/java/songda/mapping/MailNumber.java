package songda.mapping;

import java.util.regex.Pattern;

/**
 * The check digit of UPU S10 in a number of the post: international ones carry it as their ninth digit, domestic ones of EMS, 13 digits from
 * 1, as their eleventh. The latter is what real numbers show, nobody has published it: reason to look, none to refuse.
 */
final class MailNumber {

    private static final Pattern INTERNATIONAL = Pattern.compile("[A-Z]{2}[0-9]{9}[A-Z]{2}");
    private static final Pattern DOMESTIC = Pattern.compile("1[0-9]{12}");
    private static final int[] WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};
    private static final int FIRST = 2;
    private static final int CHECK = FIRST + 8;

    private MailNumber() {}

    /** @return OK, DOUBTFUL (a wrong check digit) or UNCHECKED (numbers of another kind, which have none that we know of) */
    static String check(String number) {
        if (!INTERNATIONAL.matcher(number).matches()
                && !DOMESTIC.matcher(number).matches()) {
            return "UNCHECKED";
        }
        return number.charAt(CHECK) - '0' == digit(number) ? "OK" : "DOUBTFUL";
    }

    private static int digit(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (number.charAt(FIRST + i) - '0');
        }
        int digit = 11 - sum % 11;
        return digit == 10 ? 0 : digit == 11 ? 5 : digit;
    }
}
