package songda.person;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What operators and senders may see of a person. Where the text is not understood, less is shown, not more. */
public final class Mask {

    private static final String ALL = "****";
    // Province, city, county and street (or town), each once and in this order; a road with its number is never part of
    // it.
    private static final Pattern TO_HOUSE = Pattern.compile("^.*?[\\d０-９一二三四五六七八九十百]+号(?![楼幢栋])");
    private static final Pattern TO_STREET = Pattern.compile("^((?:[^\\d省区市县]{2,6}?(?:省|自治区))?"
            + "(?:[^\\d区县街路镇乡市]{1,8}?(?:市|自治州|地区|盟))?"
            + "(?:[^\\d街路乡]{1,7}?[区县市旗])?"
            + "(?:[^\\d路区县]{1,7}?(?:街道|镇|乡|苏木))?)");

    private Mask() {}

    /** 张三 → 张*, 张小三 → 张*三, 欧阳娜娜 → 欧**娜, 张 → *, John Smith → J*** S****. */
    public static String name(String name) {
        if (name == null || name.isBlank()) {
            return name == null ? null : "";
        }
        String text = name.strip();
        if (text.codePoints().anyMatch(c -> c < 0x250 && Character.isLetter(c))) {
            return latin(text);
        }
        int[] points = text.codePoints().toArray();
        return switch (points.length) {
            case 1 -> "*";
            case 2 -> new String(points, 0, 1) + "*";
            default ->
                new String(points, 0, 1) + "*".repeat(points.length - 2) + new String(points, points.length - 1, 1);
        };
    }

    private static String latin(String name) {
        StringBuilder masked = new StringBuilder();
        for (String word : name.split("\\s+")) {
            int first = word.offsetByCodePoints(0, 1);
            int hidden = word.codePointCount(first, word.length());
            masked.append(masked.isEmpty() ? "" : " ")
                    .append(hidden == 0 ? "*" : word.substring(0, first) + "*".repeat(hidden));
        }
        return masked.toString();
    }

    /** 13812341234 → 138****1234; +86 and spaces do not matter; 0571-82345678 → 0571****5678. */
    public static String phone(String phone) {
        return phone == null ? null : phone.isBlank() ? "" : Phone.of(phone).masked();
    }

    /** For the label, where the standard asks for six hidden digits: 13812341234 → 138******34, 0571-82345678 → 0571******78. */
    public static String labelPhone(String phone) {
        return phone == null ? null : phone.isBlank() ? "" : Phone.of(phone).onLabel();
    }

    /** Last four characters: 33010919900101123X → ****123X. */
    public static String id(String idNo) {
        if (idNo == null || idNo.isBlank()) {
            return idNo == null ? null : "";
        }
        String text = idNo.strip();
        return text.length() < 15 ? ALL : ALL + text.substring(text.length() - 4);
    }

    /** To street level: 浙江省杭州市萧山区北干街道金城路1038号 → 浙江省杭州市萧山区北干街道****. */
    public static String address(String address) {
        if (address == null || address.isBlank()) {
            return address == null ? null : "";
        }
        Matcher shown = TO_STREET.matcher(address.strip());
        return (shown.find() ? shown.group(1) : "") + ALL;
    }

    /** For the label: to the house number, without building, unit and room; street level where there is no number. */
    public static String room(String address) {
        if (address == null || address.isBlank()) {
            return address(address);
        }
        Matcher house = TO_HOUSE.matcher(address.strip());
        return house.find() ? house.group() + ALL : address(address);
    }
}
