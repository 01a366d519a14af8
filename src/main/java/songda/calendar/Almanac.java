package songda.calendar;

import java.nio.file.Path;

/** The calendars as they are now. A reading that fails leaves the last good one in force. */
public final class Almanac {

    private final Path folder;
    private volatile Calendars calendars;

    /** @param folder {@code mappings/calendar} */
    public Almanac(Path folder) {
        this.folder = folder;
        this.calendars = Calendars.read(folder);
    }

    public Calendars now() {
        return calendars;
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
