package songda.chaos;

/** A valid order of the driver's own making; the people in it can be recognised anywhere. */
record MadeOrder(String no, String receipt, String body) {

    /** Stand in every order; wherever they are found in clear, a citizen could be read. */
    static final String CANARY_NAME = "混沌雀鸣";

    static final String CANARY_ROOM = "9099室";
    private static final String[] OFFICES = {"330109", "330106", "330212", "330302", "330782", "330402", "330602"};
    private static final String[] COUNTIES = {"330110", "330203", "330381", "310115", "330109", "440305", "331002"};
    private static final String[] RECEIPTS = {"NONE", "PHYSICAL", "ELECTRONIC", "PHYSICAL", "OWN_FORM"};
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] CREDIT = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    static MadeOrder of(int n, String orderedAt) {
        String office = OFFICES[n % OFFICES.length];
        String receipt = RECEIPTS[n % RECEIPTS.length];
        String no = "CHAOS%08d".formatted(n);
        String body =
                """
                {"orderNo":"%s","caseNo":"%s26%08d","office":{"creditCode":"%s","name":"测试行政服务中心","county":"%s","hall":"%s0001",\
                "contactName":"窗%s","contactPhone":"19900009999","address":"市心中路测试段1号"},\
                "recipient":{"name":"%s","phone":"177%08d","county":"%s","address":"测试路%d号8幢%s"},\
                "payer":"%s","receipt":"%s","service":"SINGLE","documents":[{"type":"营业执照"}],"orderedAt":"%s"}"""
                        .formatted(
                                no,
                                office,
                                n,
                                creditCode("11" + office + "MB999901Y"),
                                office,
                                office,
                                CANARY_NAME,
                                CANARY_NAME,
                                n,
                                COUNTIES[n / 3 % COUNTIES.length],
                                n % 999 + 1,
                                CANARY_ROOM,
                                n % 2 == 0 ? "SENDER" : "RECIPIENT",
                                receipt,
                                orderedAt);
        return new MadeOrder(no, receipt, body);
    }

    /** GB 32100: the 18th character checks the others. */
    private static String creditCode(String first) {
        int sum = 0;
        for (int i = 0; i < first.length(); i++) {
            sum += ALPHABET.indexOf(first.charAt(i)) * CREDIT[i];
        }
        return first + ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
