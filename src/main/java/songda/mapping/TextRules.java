package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What JSON's grammar allows and PostgreSQL, GBK printers or arithmetic do not: NUL, half characters, huge exponents.
 */
final class TextRules {

    private static final int MAX_EXPONENT = 50;

    private TextRules() {}

    static void check(JsonNode node) {
        check(node, "");
    }

    private static void check(JsonNode node, String path) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                for (var field : node.properties()) {
                    checkText(field.getKey(), path);
                    check(field.getValue(), path, field.getKey());
                }
            }
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), path, Integer.toString(i));
                }
            }
            case STRING -> checkText(node.textValue(), path);
            case NUMBER -> checkNumber(node, path);
            default -> {}
        }
    }

    /** Builds a child's path only where the child is a container or at fault: most leaves are fine. */
    private static void check(JsonNode child, String path, String step) {
        if (child.isContainerNode() || !fine(child)) {
            check(child, path + "/" + Names.shown(step));
        }
    }

    private static boolean fine(JsonNode leaf) {
        return leaf.isTextual() ? fault(leaf.textValue()) == 0 : !leaf.isBigDecimal();
    }

    private static void checkText(String text, String path) {
        switch (fault(text)) {
            case 1 -> throw Breach.unreadable("NUL character in " + path, path, "含空字符 U+0000 / contains NUL (U+0000)");
            case 2 ->
                throw Breach.unreadable("half a character in " + path, path, "含不完整字符 / contains a lone surrogate");
            default -> {}
        }
    }

    private static int fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return 1;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return 2;
                }
                i++;
            }
        }
        return 0;
    }

    /** 1e999999999 is eleven characters, and a division by it takes minutes. */
    private static void checkNumber(JsonNode number, String path) {
        BigDecimal n = number.isBigDecimal() ? number.decimalValue() : BigDecimal.ZERO;
        if (Math.abs(n.scale()) > MAX_EXPONENT) {
            throw Breach.unreadable("number out of range in " + path, path, "数字超出范围 / number out of range");
        }
    }
}
