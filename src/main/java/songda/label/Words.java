package songda.label;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with fields: {@code 收 {receiver.name}}; {@code {copy?}} may be missing. */
final class Words {

    private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z][A-Za-z0-9.]*)(\\?)?}");

    /** @param field null for plain text */
    private record Piece(String text, String field, boolean may) {}

    private final List<Piece> pieces = new ArrayList<>();

    private Words() {}

    /** @throws IllegalArgumentException for a brace that is not a field */
    static Words of(String text) {
        Words words = new Words();
        Matcher found = FIELD.matcher(text);
        int from = 0;
        while (found.find()) {
            words.plain(text.substring(from, found.start()));
            words.pieces.add(new Piece(null, found.group(1), found.group(2) != null));
            from = found.end();
        }
        words.plain(text.substring(from));
        return words;
    }

    private void plain(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a field is written {name}, one that may be missing {name?}");
        }
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, null, false));
        }
    }

    /** Whether it is this text and nothing else. */
    boolean are(String text) {
        return pieces.size() == 1 && text.equals(pieces.get(0).text());
    }

    /** Whether this field is all of it. */
    boolean areField(String field) {
        return pieces.size() == 1 && field.equals(pieces.get(0).field());
    }

    /** @throws Missing when there is no such field */
    String in(JsonNode fields) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.field() == null) {
                text.append(piece.text());
                continue;
            }
            JsonNode value = find(fields, piece.field());
            if (!value.isValueNode() || value.isNull()) {
                if (!piece.may()) {
                    throw new Missing(piece.field());
                }
            } else {
                text.append(value.asText());
            }
        }
        return text.toString();
    }

    static JsonNode find(JsonNode fields, String path) {
        JsonNode at = fields;
        for (String step : path.split("\\.")) {
            at = at.path(step);
        }
        return at;
    }

    /** The mapping gives no such field. */
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Missing(String field) {
            super(field, null, false, false);
        }
    }
}
