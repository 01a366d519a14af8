package songda.drop;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folder {@code in}: which files are whole, and taking them in hand by a rename to {@code taken}. Of several nodes one has the file
 * afterwards, and its sender cannot touch it any more; a node that dies leaves it there for the next round.
 */
final class Inbox {

    static final String IN = "in";
    static final String TAKEN = "taken";
    static final String DONE = "done";
    static final String ERROR = "error";
    static final String REPLY = "reply";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);
    private static final Pattern UNFINISHED =
            Pattern.compile("(?i)(\\..*|.*(\\.(tmp|part|filepart|writing|ok)|~))", Pattern.DOTALL);
    private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Clock wall;
    private final Ready ready;

    /**
     * When a file is taken for whole.
     *
     * @param marker a file {@code <name without its ending>.ok} lies beside it
     * @param still or neither its size nor its time has changed for so long
     */
    record Ready(boolean marker, Duration still) {}

    private record Seen(Remote.Entry entry, long since) {}

    Inbox(Clock wall, Ready ready) {
        this.wall = wall;
        this.ready = ready;
    }

    /** Takes in hand what is whole. */
    void claim(Remote remote) throws IOException {
        List<Remote.Entry> files = remote.files(IN);
        Set<String> names = files.stream().map(Remote.Entry::name).collect(Collectors.toSet());
        seen.keySet().retainAll(names);
        for (Remote.Entry file : files) {
            if (!UNFINISHED.matcher(file.name()).matches() && whole(file, names)) {
                claim(remote, file.name());
            }
        }
    }

    private boolean whole(Remote.Entry file, Set<String> names) {
        if (ready.marker()) {
            return names.contains(marker(file.name()));
        }
        Seen before = seen.get(file.name());
        if (before == null || !before.entry().equals(file)) {
            seen.put(file.name(), new Seen(file, wall.millis()));
            return false;
        }
        return wall.millis() - before.since() >= ready.still().toMillis();
    }

    private void claim(Remote remote, String name) throws IOException {
        if (remote.rename(IN, name, TAKEN, claimed(name)) && ready.marker()) {
            remote.remove(IN, marker(name));
        }
        seen.remove(name);
    }

    private static String marker(String name) {
        return name.replaceFirst("(?s)\\.[^.]*$", "") + ".ok";
    }

    /** Unique, so that two files of one name never meet; and it says what the sender called it, or that this was no name. */
    private String claimed(String name) {
        byte[] chance = new byte[3];
        random.nextBytes(chance);
        boolean good = GOOD.matcher(name).matches();
        String kept = name.replaceAll("(?s)[^A-Za-z0-9._-]", "_");
        return STAMP.format(wall.instant())
                + HexFormat.of().formatHex(chance)
                + (good ? "_" : "!")
                + kept.substring(0, Math.min(kept.length(), 100));
    }

    /** What lies in hand. */
    static List<Claim> claims(Remote remote) throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Remote.Entry file : remote.files(TAKEN)) {
            claims.add(Claim.of(file.name()));
        }
        claims.sort(java.util.Comparator.comparing(Claim::claimed));
        return claims;
    }

    /**
     * A file in hand.
     *
     * @param name as its sender called it; where that is no name, with {@code _} for what is not allowed
     */
    record Claim(String claimed, String name, boolean named) {

        private static final int STAMPED = 23;

        static Claim of(String claimed) {
            boolean ours = claimed.length() > STAMPED + 1 && "_!".indexOf(claimed.charAt(STAMPED)) >= 0;
            String name = ours ? claimed.substring(STAMPED + 1) : claimed;
            boolean named = ours && claimed.charAt(STAMPED) == '_'
                    || !ours && GOOD.matcher(claimed).matches();
            return new Claim(claimed, named ? name : name.replaceAll("(?s)[^A-Za-z0-9._-]", "_"), named);
        }

        /** What makes it unique. */
        String stamp() {
            return claimed.substring(0, Math.min(STAMPED, claimed.length()));
        }

        /** Without its ending, for the name of the reply. */
        String stem() {
            String stem = name.replaceFirst("\\.[^.]*$", "");
            return stem.isEmpty() ? name : stem;
        }
    }
}
