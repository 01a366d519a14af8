package songda.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Check digits of the two numbers that a Chinese form carries. */
final class CheckDigits {

    private static final String CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern ID_SHAPE = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final String ID = "10X98765432";
    private static final int LENGTH = 18;

    private CheckDigits() {}

    /** Unified social credit code, GB 32100-2015: weights 3^i modulo 31. */
    static boolean creditCode(String code) {
        if (code.length() != LENGTH) {
            return false;
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            int value = CREDIT.indexOf(code.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return CREDIT.indexOf(code.charAt(LENGTH - 1)) == (31 - sum % 31) % 31;
    }

    /** Citizen's ID number, GB 11643-1999: a real birth date, weights 2^i modulo 11 from the right. */
    static boolean idNumber(String number) {
        if (!ID_SHAPE.matcher(number).matches() || !birthDate(number)) {
            return false;
        }
        int sum = 0;
        int weight = 1;
        for (int i = LENGTH - 2; i >= 0; i--) {
            weight = weight * 2 % 11;
            sum += (number.charAt(i) - '0') * weight;
        }
        return ID.charAt(sum % 11) == number.charAt(LENGTH - 1);
    }

    private static boolean birthDate(String number) {
        try {
            int year = Integer.parseInt(number.substring(6, 10));
            LocalDate.of(year, Integer.parseInt(number.substring(10, 12)), Integer.parseInt(number.substring(12, 14)));
            return year >= 1850;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
