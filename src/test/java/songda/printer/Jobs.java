package songda.printer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import songda.label.Raster;
import songda.label.Sample;

/** Prints as the hub does, on a printer of this machine. */
public final class Jobs {

    private Jobs() {}

    public static void print(int port, String language, String template, List<Raster> pages)
            throws NothingPrinted, MaybePrinted {
        Language spoken = Language.valueOf(language.toUpperCase(Locale.ROOT));
        new RawPrinter(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        Dialogue.of(spoken),
                        new RawPrinter.Patience(
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(3)))
                .print(bytes(language, template, pages));
    }

    public static byte[] bytes(String language, String template, List<Raster> pages) {
        return Language.valueOf(language.toUpperCase(Locale.ROOT))
                .job(pages, new Language.Sheet(Sample.LABELS.width(template), Sample.LABELS.height(template), 203));
    }
}
