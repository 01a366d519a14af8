package songda.calendar;

import java.nio.file.Path;

/** The calendars as they are now. A reading that fails leaves the last good one in force. */
public final class Almanac {

    private volatile Path folder;
    private volatile Calendars calendars;

    /** @param folder {@code mappings/calendar} */
    public Almanac(Path folder) {
        this.folder = folder;
        this.calendars = Calendars.read(folder);
    }

    public Calendars now() {
        return calendars;
    }

    /** Each has what the other had: the newer one is in force, and the former at hand. */
    public void swap(Almanac other) {
        Path mine = folder;
        Calendars now = calendars;
        folder = other.folder;
        calendars = other.calendars;
        other.folder = mine;
        other.calendars = now;
    }

    /**
     * Reads the folder again.
     *
     * @return true when anything is different
     * @throws IllegalArgumentException with file, line and what to write
     */
    public boolean reload() {
        Calendars read = Calendars.read(folder);
        boolean changed = !read.version().equals(calendars.version());
        calendars = read;
        return changed;
    }
}
