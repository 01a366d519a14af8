package songda.configuration;

import org.springframework.stereotype.Component;
import songda.calendar.Almanac;
import songda.deadline.LadderVersions;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.door.DoorComponent;
import songda.fact.FactCatalogue;
import songda.label.Labels;
import songda.mapping.Mappings;
import songda.printer.PrinterComponent;

/** Everything besides routes that was read from a configuration's files and is asked while messages pass. */
@Component
final class Parts {

    private final FactCatalogue catalogue;
    private final Almanac almanac;
    private final Ladders ladders;
    private final LadderVersions ladderVersions;
    private final Directory directory;
    private final Mappings mappings;
    private final Labels labels;
    private final DoorComponent doors;
    private final PrinterComponent printers;

    Parts(
            FactCatalogue catalogue,
            Almanac almanac,
            Ladders ladders,
            LadderVersions ladderVersions,
            Directory directory,
            Mappings mappings,
            Labels labels,
            DoorComponent doors,
            PrinterComponent printers) {
        this.catalogue = catalogue;
        this.almanac = almanac;
        this.ladders = ladders;
        this.ladderVersions = ladderVersions;
        this.directory = directory;
        this.mappings = mappings;
        this.labels = labels;
        this.doors = doors;
        this.printers = printers;
    }

    /** What was read beside what runs. After a swap it holds what ran before. */
    record Beside(
            FactCatalogue catalogue,
            Almanac almanac,
            Ladders ladders,
            Directory directory,
            Mappings mappings,
            Labels labels) {

        /** @throws IllegalArgumentException what is wrong in which file */
        static Beside read(Folder folder) {
            return read(folder, new Mappings(folder.mappings()));
        }

        /** @param mappings of that folder */
        static Beside read(Folder folder, Mappings mappings) {
            FactCatalogue catalogue = FactCatalogue.read(folder.routes().resolve("facts.yaml"));
            Almanac almanac = new Almanac(folder.mappings().resolve("calendar"));
            return new Beside(
                    catalogue,
                    almanac,
                    Ladders.read(folder.routes().resolve("ladder"), catalogue, almanac.now()),
                    Directory.read(folder.mappings().resolve("directory").resolve("contacts.csv")),
                    mappings,
                    new Labels(folder.mappings()));
        }
    }

    /** Before a deadline can be opened by them: an open one keeps the text of its ladder. */
    void keepLadders(Beside beside) {
        ladderVersions.keep(beside.ladders());
    }

    /** The doors' files and the list of printers are read here from now on; where that is refused nothing else was swapped. */
    void stay(Folder folder) {
        doors.from(folder.routes());
        printers.from(folder.mappings());
    }

    /**
     * Puts what stands beside in force and what was in force beside. Doing it again undoes it.
     *
     * @param folder of what stands beside
     */
    void swap(Beside beside, Folder folder) {
        // This reads, and may say no: then nothing is swapped yet.
        stay(folder);
        catalogue.swap(beside.catalogue());
        almanac.swap(beside.almanac());
        ladders.swap(beside.ladders());
        directory.swap(beside.directory());
        mappings.swap(beside.mappings());
        labels.swap(beside.labels());
    }

    /** As they are now, to be compared with others. */
    Mappings mappings() {
        return mappings;
    }

    Ladders ladders() {
        return ladders;
    }

    Almanac almanac() {
        return almanac;
    }
}
