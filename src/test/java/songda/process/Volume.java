package songda.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory that can be made full and large again. Mounting one needs root. */
public final class Volume implements AutoCloseable {

    private static final String LARGE = "12g";
    private final Path at;

    private Volume(Path at) {
        this.at = at;
    }

    /** @throws IOException where this user may not mount */
    public static Volume mounted(Path at) throws IOException, InterruptedException {
        Files.createDirectories(at);
        run("mount", "-t", "tmpfs", "-o", "size=" + LARGE + ",mode=700", "tmpfs", at.toString());
        return new Volume(at);
    }

    Path path() {
        return at;
    }

    /** Not another page fits in. */
    public void fill() throws IOException, InterruptedException {
        var store = Files.getFileStore(at);
        for (int tries = 0; store.getUsableSpace() > 0; tries++) {
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            try {
                resize(Long.toString(used));
            } catch (IOException grownMeanwhile) {
                if (tries > 20) {
                    throw grownMeanwhile;
                }
            }
        }
    }

    public void grow() throws IOException, InterruptedException {
        resize(LARGE);
    }

    private void resize(String size) throws IOException, InterruptedException {
        run("mount", "-o", "remount,size=" + size, at.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    /** Also while somebody still has files open there. */
    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", at.toString());
    }
}
