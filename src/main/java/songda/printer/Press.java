package songda.printer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import songda.failure.NotNow;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.failure.Unmappable;
import songda.label.Labels;
import songda.label.Raster;

/** Gets one job onto paper: draws it for the printer that stands where it is wanted, or for the one that stands in for it. */
final class Press {

    private final Labels labels;
    private final Supplier<Printers> printers;
    private final Function<Printer, Machine> machines;
    private final Duration turn;
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    /** @param printers as they are now; @param turn how long a job waits for others of this node at its printers */
    Press(Labels labels, Supplier<Printers> printers, Function<Printer, Machine> machines, Duration turn) {
        this.labels = labels;
        this.printers = printers;
        this.machines = machines;
        this.turn = turn;
    }

    static Machine machine(Printer printer) {
        if (printer.address().getScheme().equals("tcp")) {
            URI at = printer.address();
            return new RawPrinter(
                    new InetSocketAddress(at.getHost(), at.getPort()),
                    printer.answers() ? Dialogue.of(printer.language()) : null,
                    RawPrinter.Patience.USUAL);
        }
        return new IppPrinter(printer.address(), printer.language().mediaType());
    }

    /** What is to be printed where; a template is chosen by the paper that there is. */
    private record Choice(String template, List<Printer> printers) {}

    /**
     * @param job {@code {templates, hall?, counter?, county?, copies?, fields}}: the first template that the place has paper for is
     *     printed; {@code copies} names each copy of a list, for its {@code {copy}}
     * @return {@code {printer, template, pages, hash}}
     * @throws Unmappable no such printer or template, or it does not fit on the paper
     * @throws NotNow neither the printer nor one that stands in for it can print; nothing was printed
     * @throws Refused (400) it may have been printed: a person looks
     */
    ObjectNode print(JsonNode job) {
        Choice choice = choose(job);
        List<String> no = new ArrayList<>();
        long until = System.nanoTime() + turn.toNanos();
        for (Printer printer : choice.printers()) {
            List<Raster> pages = draw(choice.template(), job, printer.dpi());
            try {
                hand(printer, bytes(choice.template(), pages, printer), until);
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("printer", printer.id())
                        .put("template", choice.template())
                        .put("pages", pages.size())
                        .put("hash", hash(pages));
            } catch (NothingPrinted e) {
                no.add(printer.id() + " " + e.getMessage());
            } catch (MaybePrinted e) {
                throw new Refused(Problem.of(
                        400,
                        "printed-or-not",
                        "不知是否已打印",
                        "Whether it was printed is not known",
                        new Problem.Field(printer.id(), e.getMessage())));
            }
        }
        throw new NotNow(String.join("; ", no), null);
    }

    private Choice choose(JsonNode job) {
        String hall = job.path("hall").asText("");
        String county = job.path("county").asText("");
        List<String> papers = new ArrayList<>();
        Printers known = printers.get();
        for (JsonNode template : job.path("templates")) {
            String paper = labels.paper(template.asText());
            Optional<Printer> printer = known.at(hall, job.path("counter").asText(""), county, paper);
            if (printer.isPresent()) {
                return new Choice(template.asText(), known.withSpares(printer.get()));
            }
            papers.add(paper);
        }
        throw new Unmappable(
                "no printer for hall '" + hall + "' in county '" + county + "' with paper " + papers
                        + ": add a line to mappings/directory/printers.csv",
                "printer:job");
    }

    private List<Raster> draw(String template, JsonNode job, int dpi) {
        JsonNode copies = job.path("copies");
        if (copies.isEmpty()) {
            return labels.draw(template, job.path("fields"), dpi);
        }
        List<Raster> all = new ArrayList<>();
        for (JsonNode copy : copies) {
            ObjectNode fields = job.path("fields").deepCopy();
            fields.set("copy", copy);
            all.addAll(labels.draw(template, fields, dpi));
        }
        return all;
    }

    private byte[] bytes(String template, List<Raster> pages, Printer printer) {
        return printer.language()
                .job(pages, new Language.Sheet(labels.width(template), labels.height(template), printer.dpi()));
    }

    /** Most printers have one ear: this node's jobs go to it one after the other. */
    private void hand(Printer printer, byte[] job, long until) throws NothingPrinted, MaybePrinted {
        ReentrantLock turn = turns.computeIfAbsent(printer.address().getAuthority(), k -> new ReentrantLock(true));
        boolean mine = false;
        try {
            mine = turn.tryLock(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!mine) {
                throw new NothingPrinted("正在打印别的 / prints something else");
            }
            machines.apply(printer).print(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NothingPrinted("送达正在停机 / the hub stops");
        } finally {
            if (mine) {
                turn.unlock();
            }
        }
    }

    /** Of the dots, so that a paper can be told from another later (R21). */
    private static String hash(List<Raster> pages) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            pages.forEach(page -> digest.update(page.bytes()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
