package songda.printer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The printers' table as it is now: read again when it has changed; while it is broken the former one stays in force. */
final class PrinterList {

    private static final Logger LOG = LoggerFactory.getLogger(PrinterList.class);
    private Path file;
    private final UnaryOperator<String> settings;
    private Printers known;
    private FileTime at;

    /** @throws IllegalArgumentException when the file is not there or broken: the hub does not start */
    PrinterList(Path file, UnaryOperator<String> settings) {
        this.file = file;
        this.settings = settings;
        this.at = changed();
        this.known = Printers.read(file, settings);
    }

    synchronized Printers now() {
        FileTime written = changed();
        if (written != null && !written.equals(at)) {
            at = written;
            try {
                known = Printers.read(file, settings);
                LOG.info("打印机名册已更新 / the list of printers was read again");
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "打印机名册有误，仍用原来的 / the list of printers is wrong, the former one stays in force: {}",
                        e.getMessage());
            }
        }
        return known;
    }

    /** @throws IllegalArgumentException when this file is broken; then the former stays in force */
    synchronized void from(Path other) {
        known = Printers.read(other, settings);
        file = other;
        at = changed();
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return null;
        }
    }
}
