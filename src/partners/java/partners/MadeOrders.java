package partners;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Valid orders in any number, different from one another, cheap to make: for kill tests and measurements. */
final class MadeOrders {
    private static final String[] OFFICES = {"330109", "330106", "330212", "330302", "330782", "330402", "330602"};
    private static final String[] DESTINATIONS = {"330110", "330203", "330381", "310115", "330109", "440305", "331002"};
    private static final String[] RECEIPTS = {"NONE", "PHYSICAL", "ELECTRONIC", "NONE", "OWN_FORM"};
    private static final String[] FAMILY = {"赵", "钱", "孙", "李", "周", "吴", "郑", "王"};
    private static final String[] GIVEN = {"试一", "试二", "测三", "测四", "样五", "样六", "例七"};
    private static final String[] PAPERS = {"营业执照", "不动产权证书", "食品经营许可证", "居民户口簿"};

    private final String prefix;
    private final String orderedAt;

    MadeOrders(String prefix, Instant orderedAt) {
        this.prefix = prefix;
        this.orderedAt = HubTime.text(orderedAt);
    }

    String number(long n) {
        return prefix + String.format("%08d", n);
    }

    byte[] body(long n) {
        int i = (int) (n % 1_000_000);
        String office = OFFICES[i % OFFICES.length];
        String serial = String.format("%08d", n % 100_000_000);
        StringBuilder json = new StringBuilder(1024);
        json.append("{\"orderNo\":\"").append(number(n));
        json.append("\",\"caseNo\":\"").append(office).append("26").append(serial);
        json.append("\",\"office\":{\"creditCode\":\"").append(Ids.creditCode("11" + office + "MB999901Y"));
        json.append("\",\"name\":\"测试行政服务中心")
                .append(office)
                .append("\",\"county\":\"")
                .append(office);
        json.append("\",\"hall\":\"").append(office).append("0001\",\"contactName\":\"窗口测试员\"");
        json.append(",\"contactPhone\":\"19900009999\",\"address\":\"市心中路测试段1号\"}");
        json.append(",\"recipient\":{\"name\":\"")
                .append(FAMILY[i % FAMILY.length])
                .append(GIVEN[i % GIVEN.length]);
        json.append("\",\"phone\":\"199").append(serial);
        json.append("\",\"idNo\":\"").append(Ids.residentNumber("33010919900101" + serial.substring(5)));
        json.append("\",\"county\":\"").append(DESTINATIONS[i / 3 % DESTINATIONS.length]);
        json.append("\",\"address\":\"测试路")
                .append(i % 999 + 1)
                .append("号")
                .append(i % 7 + 1)
                .append("幢101室\"}");
        json.append(",\"payer\":\"").append(i % 2 == 0 ? "SENDER" : "RECIPIENT");
        json.append("\",\"receipt\":\"").append(RECEIPTS[i % RECEIPTS.length]);
        json.append("\",\"service\":\"SINGLE\",\"documents\":[{\"type\":\"").append(PAPERS[i % PAPERS.length]);
        json.append("\"}],\"orderedAt\":\"").append(orderedAt).append("\"}");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
