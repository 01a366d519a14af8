package songda.drop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A ZIP of XML documents; each child of a document's root is an order. It is read in memory, nothing is unpacked to a disk. A ZIP that nobody
 * builds by accident is refused whole; a document that cannot be read is refused beside others that can.
 */
final class ZipOfXml implements Form {

    private static final long MOST = 20L << 20;
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_ORDERS = 10_000;
    private static final int LARGEST_ENTRY = 8 << 20;
    private static final long MOST_UNPACKED = 64L << 20;

    @Override
    public long most() {
        return MOST;
    }

    @Override
    public int cut(InputStream bytes, Sink sink) throws IOException {
        byte[] whole = bytes.readAllBytes();
        if (whole.length == 0) {
            throw new FileRefused(Fault.EMPTY);
        }
        try (ZipFile zip = ZipFile.builder().setByteArray(whole).get()) {
            return cut(zip, sink);
        } catch (ZipException e) {
            throw new FileRefused(Fault.NOT_ZIP);
        } catch (IOException | IllegalArgumentException e) {
            // Everything is in memory: what cannot be read is what was sent.
            throw new FileRefused(Fault.NOT_ZIP);
        }
    }

    private static int cut(ZipFile zip, Sink sink) throws IOException {
        checkNames(zip.getEntries());
        int orders = 0;
        int entries = 0;
        long unpacked = 0;
        for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
            ZipArchiveEntry entry = all.nextElement();
            if (entry.isDirectory()) {
                continue;
            }
            entries++;
            String place = place(entry, entries);
            if (!lower(entry).endsWith(".xml")) {
                sink.refused(place, ++orders, Fault.KIND);
                continue;
            }
            byte[] xml = unpack(zip, entry);
            unpacked += xml.length;
            if (unpacked > MOST_UNPACKED) {
                throw new FileRefused(Fault.BOMB);
            }
            orders = cut(xml, place, orders, sink);
        }
        if (orders == 0) {
            throw new FileRefused(Fault.NO_ORDER);
        }
        return orders;
    }

    private static void checkNames(Enumeration<ZipArchiveEntry> all) {
        for (int entries = 0; all.hasMoreElements(); entries++) {
            ZipArchiveEntry entry = all.nextElement();
            if (entries == MOST_ENTRIES) {
                throw new FileRefused(Fault.TOO_MANY);
            }
            String name = entry.getName();
            if (name.length() > 200 || name.matches("(?s)(.*[/\\\\])?\\.\\.([/\\\\].*)?|[/\\\\].*|.*[:\\p{Cntrl}].*")) {
                throw new FileRefused(Fault.ENTRY_NAME);
            } else if (entry.isUnixSymlink()) {
                throw new FileRefused(Fault.SYMLINK);
            } else if (entry.getGeneralPurposeBit().usesEncryption()) {
                throw new FileRefused(Fault.ENCRYPTED);
            } else if (lower(entry).matches("(?s).*\\.(zip|jar|gz|tgz|7z|rar|bz2|xz|tar)")) {
                throw new FileRefused(Fault.NESTED);
            }
        }
    }

    private static byte[] unpack(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] xml = in.readNBytes(LARGEST_ENTRY + 1);
            if (xml.length > LARGEST_ENTRY) {
                throw new FileRefused(Fault.BOMB);
            } else if (xml.length > 1 && xml[0] == 'P' && xml[1] == 'K') {
                throw new FileRefused(Fault.NESTED);
            }
            return xml;
        }
    }

    private static int cut(byte[] xml, String place, int before, Sink sink) {
        List<byte[]> orders;
        try {
            orders = XmlOrders.of(xml);
        } catch (FileRefused e) {
            if (e.fault() == Fault.TOO_MANY) {
                throw e;
            }
            sink.refused(place, before + 1, e.fault());
            return before + 1;
        }
        if (before + orders.size() > MOST_ORDERS) {
            throw new FileRefused(Fault.TOO_MANY);
        }
        for (int i = 0; i < orders.size(); i++) {
            sink.piece(place + "#" + (i + 1), before + i + 1, 1, orders.get(i));
        }
        return before + orders.size();
    }

    /** A name may be a person's: only one that looks like a program's is repeated. */
    private static String place(ZipArchiveEntry entry, int no) {
        return entry.getName().matches("(?!.*[0-9]{15})[A-Za-z0-9._/-]{1,100}") ? entry.getName() : "(" + no + ")";
    }

    private static String lower(ZipArchiveEntry entry) {
        return entry.getName().toLowerCase(Locale.ROOT);
    }

    /** The order's XML, in UTF-8. */
    @Override
    public Object message(ObjectNode file, int no, byte[] raw) {
        return raw;
    }

    @Override
    public boolean everyLine() {
        return true;
    }

    @Override
    public Object end(ObjectNode file) {
        return null;
    }

    @Override
    public List<byte[]> split(byte[] raw) {
        return List.of(raw);
    }
}
