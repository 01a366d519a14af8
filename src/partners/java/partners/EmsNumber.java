package partners;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * Domestic EMS numbers: 13 digits from 1, the S10 check over digits 3–10 stands as digit 11. Derived from a text, so
 * that the same order keeps its number over restarts.
 */
final class EmsNumber {
    private static final int[] WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};

    private EmsNumber() {}

    static String of(String seed) {
        byte[] hash = hash(seed);
        long number = 0;
        for (int i = 0; i < 7; i++) number = number << 8 | hash[i] & 0xff;
        long product = number % 10;
        String serial = String.format("%08d", number / 10 % 100_000_000L);
        // 80 and above mark value-added services and court mail
        int suffix = (hash[7] & 0xff) % 80;
        return "1" + product + serial + check(serial) + String.format("%02d", suffix);
    }

    static boolean valid(String number) {
        return number.matches("1\\d{12}") && check(number.substring(2, 10)) == number.charAt(10) - '0';
    }

    private static int check(String serial) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) sum += WEIGHTS[i] * (serial.charAt(i) - '0');
        int check = 11 - sum % 11;
        return check == 10 ? 0 : check == 11 ? 5 : check;
    }

    /** Ten digits for case, pickup and ticket numbers. */
    static String digits(String seed) {
        byte[] hash = hash(seed);
        long number = 0;
        for (int i = 0; i < 7; i++) number = number << 8 | hash[i] & 0xff;
        return String.format("%010d", number % 10_000_000_000L);
    }

    private static byte[] hash(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
