package songda.printer;

import java.net.URI;

/**
 * A line of {@code mappings/directory/printers.csv}.
 *
 * @param place a hall, a county (330109), a city (3301) or 33
 * @param counter the counter of the hall; empty: any
 * @param paper what lies in it: {@code 100x150}, {@code A4}
 * @param address {@code tcp://host:9100} or {@code ipp://host:631/ipp/print}
 * @param answers whether it says how it is when it is asked
 * @param spare the id of the printer that prints when this one is away; or empty
 */
record Printer(
        String id,
        String place,
        String counter,
        String paper,
        Language language,
        int dpi,
        URI address,
        boolean answers,
        String spare) {}
