package partners;

/** Check digits of the identifiers in generated orders: invented numbers that a validator accepts. */
final class Ids {
    private static final String CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] ID_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Ids() {}

    /** A unified social credit code (GB 32100) from its first 17 characters. */
    static String creditCode(String first17) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += CREDIT.indexOf(first17.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return first17 + CREDIT.charAt((31 - sum % 31) % 31);
    }

    /** A resident's number (GB 11643) from its first 17 digits. */
    static String residentNumber(String first17) {
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += ID_WEIGHTS[i] * (first17.charAt(i) - '0');
        return first17 + "10X98765432".charAt(sum % 11);
    }
}
