package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The partners' stand-ins as one process: each speaks its protocol over the network. */
public final class Partners {
    private final Options options;
    private final ExecutorService pool = Executors.newCachedThreadPool(Partners::thread);
    private final Map<String, Partner> partners = new LinkedHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Hub hub;
    private final HubTime time;
    private final HubTimer timer;
    private final Pushes pushes;
    private final ExchangeTable exchange;
    private final Ems ems;
    private final Scenario scenario;
    private final Control control;
    private SmsPushes smsPushes;

    private Partners(Options options) throws IOException {
        this.options = options;
        if (options.fresh())
            for (Options.Place place : Options.Place.values()) Journal.empty(options.journal(), place.name());
        if (options.fresh()) Folders.empty(options.journal().resolve("files"));
        hub = new Hub(options.hub(), options.keys());
        timer = new HubTimer(pool);
        time = new HubTime(hub, timer::clockRead);
        timer.follow(time);
        pushes = new Pushes(hub);
        ems = new Ems(options.postalKey());
        Journal gov = journal("gov");
        exchange = new ExchangeTable(options.exchange(), gov);
        scenario = options.scenario().equals("demo")
                ? new Scenario(
                        Scenario.demo(), options.orderPrefix(), timer, time, pushes, exchange, ems, options.drops())
                : null;
        open(gov);
        control = new Control(
                options.ports().get(Options.Place.control),
                pool,
                partners,
                hub,
                time,
                pushes,
                scenario,
                options,
                smsPushes,
                end::countDown);
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // the mail server's library would say that it has nowhere to log to
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // a connection that the hub keeps must not be closed under it: that would look like a lost answer
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + Options.USAGE);
            System.exit(2);
            return;
        }
        new Partners(options).run();
        System.exit(0);
    }

    private void open(Journal govJournal) {
        Map<Options.Place, Integer> ports = options.ports();
        Receipt85 receipts = new Receipt85(ports.get(Options.Place.receipt85), journal("receipt85"), pool, time);
        Gov gov = new Gov(ports.get(Options.Place.gov), govJournal, pool, exchange);
        Postal postal = new Postal(
                ports.get(Options.Place.postal),
                journal("postal"),
                pool,
                ems,
                new OldPost(options.postalSecret()),
                (orderNo, waybillNo) -> {
                    if (scenario != null) scenario.pickedUp(orderNo, waybillNo);
                });
        Inquiry inquiry =
                new Inquiry(ports.get(Options.Place.inquiry), journal("inquiry"), pool, (waybillNo, reason) -> {
                    if (scenario != null) scenario.chased(waybillNo, reason);
                });
        add(gov);
        add(postal);
        add(receipts);
        add(inquiry);
        String[] smsKey = options.smsKey().split(":", 2);
        Sms sms = new Sms(
                ports.get(Options.Place.sms), journal("sms"), pool, new Acs3(smsKey[0], smsKey[smsKey.length - 1]));
        smsPushes = new SmsPushes(
                sms.journal(),
                pushes,
                timer,
                time,
                options.smsToken(),
                scenario == null ? Json.object() : scenario.unreachable());
        add(sms);
        add(new Ticket(ports.get(Options.Place.ticket), journal("ticket"), pool));
        Folders folders = new Folders(
                ports.get(Options.Place.files),
                options.journal().resolve("files"),
                Map.of("gov", gov.journal(), "receipt85", receipts.journal()));
        add(folders);
        add(new Printer(
                ports.get(Options.Place.printer),
                journal("printer"),
                options.journal().resolve("printed"),
                pool));
        add(new Mail(ports.get(Options.Place.mail), journal("mail")));
        if (scenario != null) {
            sms.onSent(smsPushes::sent);
            scenario.connect(gov.journal(), postal.journal(), receipts, smsPushes, folders);
        }
    }

    private Journal journal(String partner) {
        return new Journal(options.journal(), partner, time::now);
    }

    private void add(Partner partner) {
        partners.put(partner.place().name(), partner);
    }

    private void run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close"));
        if (options.parent() > 0)
            ProcessHandle.of(options.parent())
                    .ifPresentOrElse(parent -> parent.onExit().thenRun(end::countDown), end::countDown);
        for (Partner partner : partners.values()) partner.start();
        control.start();
        writePorts();
        say("stand-ins listen, control at http://127.0.0.1:" + control.port() + "/health");
        thread(this::follow).start();
        thread(exchange::watch).start();
        end.await();
    }

    /** Waits for the hub, then reads its clock and plays. */
    private void follow() {
        try {
            hub.awaitReady();
            say("the hub is ready");
            thread(timer).start();
            while (!time.known()) {
                time.read();
                if (!time.known()) Hub.pause(200);
            }
            if (scenario != null) scenario.start();
            time.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            System.err.println("the scenario failed: " + e);
        }
    }

    private void writePorts() throws IOException {
        ObjectNode ports = Json.object().put("control", control.port());
        partners.forEach((name, partner) -> ports.put(name, partner.port()));
        Path whole = options.journal().resolve("ports.json");
        Path part = options.journal().resolve("ports.json.part");
        Files.writeString(part, Json.pretty(ports));
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    private void close() {
        if (!closed.compareAndSet(false, true)) return;
        control.stop();
        partners.values().forEach(Partner::stop);
        try {
            Files.writeString(
                    options.journal().resolve("summary.json"), Json.pretty(new Summary(options.journal()).read()));
        } catch (IOException e) {
            System.err.println("summary.json not written: " + e);
        }
        say("stand-ins ended");
    }

    private void say(String line) {
        if (!options.quiet()) System.out.println("[partners] " + line);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
