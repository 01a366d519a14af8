package songda.mapping;

import java.nio.file.Path;

/** One mapping's folder below the root of all mappings, and how its files are named to people. */
record Place(Path root, Path folder) {

    /** {@code gov/order-to-fact} */
    String name() {
        return root.relativize(folder).toString().replace('\\', '/');
    }

    /** {@code gov} */
    String system() {
        return root.relativize(folder).getName(0).toString();
    }

    String shown() {
        return shown(folder);
    }

    String shown(Path file) {
        return "mappings/" + root.relativize(file).toString().replace('\\', '/');
    }

    /** Refuses a path that leaves the root. */
    Path within(Path path, String file) {
        Path clean = path.normalize();
        if (!clean.startsWith(root)) {
            throw new MappingBroken(file, "names something outside of the mappings");
        }
        return clean;
    }
}
