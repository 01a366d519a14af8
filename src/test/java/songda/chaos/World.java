package songda.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import songda.process.DatabaseProcess;
import songda.process.HubProcess;
import songda.process.KafkaProcess;
import songda.process.Secrets;
import songda.process.StandInsProcess;
import songda.process.Volume;

/** Everything that runs: hubs, their database and Kafka, the partners, and a {@link FaultProxy} before each of these but the hubs. */
final class World implements AutoCloseable {

    static final List<String> PARTNERS =
            List.of("gov", "postal", "receipt85", "inquiry", "sms", "ticket", "printer", "mail");
    static final Duration START = Duration.ofMinutes(4);

    /** A minute or ten each in production, a second or ten here: outages are as much shorter. */
    private static final Map<String, String> SCALED = Map.of(
            "SONGDA_DOOR_RELAYEDFOR", "PT12S",
            "SONGDA_DOOR_SENDINGFOR", "PT12S",
            "SONGDA_DOOR_RETRYMOST", "PT4S",
            "SONGDA_DOOR_ASKAFTER", "PT2S",
            "SONGDA_DOOR_ASKAGAIN", "PT5S",
            "SONGDA_DOOR_BREAKERMOST", "PT4S",
            "SONGDA_DOOR_ATTEMPTS", "10000",
            "SONGDA_RECEIPT85_PATROL", "0/5 * * * * ?",
            "SPRING_DATASOURCE_HIKARI_CONNECTIONINITSQL",
                    "set idle_in_transaction_session_timeout = '10s'; set client_connection_check_interval = '5s'");

    enum Kind {
        HUB,
        POSTGRESQL,
        KAFKA
    }

    private final Path folder;
    private final Map<String, FaultProxy> proxies = new TreeMap<>();
    private final List<HubProcess> hubs = new ArrayList<>();
    private final Map<Kind, Integer> kills = new EnumMap<>(Kind.class);
    private final DatabaseProcess database;
    private final Optional<Volume> volume;
    private final KafkaProcess kafka;
    private final StandInsProcess partners;

    World(Path folder, int nodes) throws Exception {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing));
        database = new DatabaseProcess(Files.createDirectories(folder.resolve("database")));
        volume = volume(folder.resolve("volume"));
        if (volume.isPresent()) {
            database.tablesOn(volume.get());
        }
        database.start();
        proxy("database").to(database.port());
        int kafkaPort = HubProcess.freePort();
        kafka = new KafkaProcess(
                folder.resolve("kafka"), kafkaPort, proxy("kafka").port());
        proxies.get("kafka").to(kafkaPort);
        kafka.start();
        Secrets secrets = new Secrets();
        for (int node = 1; node <= nodes; node++) {
            hubs.add(HubProcess.in(folder.resolve("hub-" + node)));
            secrets.putInto(hubs.get(node - 1).data());
        }
        partners = StandInsProcess.of(hubs.get(0), journals());
        Map<String, String> addresses = addresses();
        hubs.forEach(hub -> hub.with(SCALED)
                .with(addresses)
                .with(database.settings(proxies.get("database").port(), Duration.ofSeconds(10)))
                .with(Map.of("SONGDA_KAFKA_BROKERS", kafka.brokers()))
                .java("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    private static Optional<Volume> volume(Path at) throws InterruptedException {
        try {
            return Optional.of(Volume.mounted(at));
        } catch (IOException mayNotMount) {
            System.out.println("[chaos] no volume of its own for the database, so F13 cannot be played: "
                    + mayNotMount.getMessage());
            return Optional.empty();
        }
    }

    private FaultProxy proxy(String name) {
        return proxies.computeIfAbsent(name, FaultProxy::new);
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        for (String partner : PARTNERS) {
            FaultProxy proxy = proxy(partner).to(partners.port(partner));
            if (partner.equals("mail")) {
                addresses.put("SONGDA_MAIL_PORT", Integer.toString(proxy.port()));
            } else {
                addresses.put("SONGDA_" + partner.toUpperCase() + "_ADDRESS", "127.0.0.1:" + proxy.port());
            }
        }
        addresses.put("SONGDA_GOV_FILES", "true");
        addresses.put("SONGDA_GOV_FILES_DELAY", "500");
        addresses.put("SONGDA_GOV_FILES_STILL", "PT1S");
        addresses.put(
                "SONGDA_GOV_FILES_PORT",
                Integer.toString(proxy("files").to(partners.port("files")).port()));
        return addresses;
    }

    /** The first alone: it makes the tables. */
    World start() {
        hubs.get(0).start().awaitReady(START);
        hubs.stream().skip(1).forEach(HubProcess::start);
        awaitReady();
        return this;
    }

    void awaitReady() {
        hubs.stream().filter(HubProcess::isAlive).forEach(hub -> hub.awaitReady(START));
    }

    boolean ready() {
        return hubs.stream().allMatch(HubProcess::ready);
    }

    void killHub(int node) {
        HubProcess hub = hubs.get(node);
        if (hub.isAlive()) {
            hub.kill9();
            killed(Kind.HUB);
        }
    }

    void killHubs() {
        for (int node = 0; node < hubs.size(); node++) {
            killHub(node);
        }
    }

    void startHubs() {
        hubs.stream().filter(hub -> !hub.isAlive()).forEach(HubProcess::start);
    }

    void killDatabase() throws InterruptedException {
        database.kill9();
        killed(Kind.POSTGRESQL);
    }

    void killKafka() throws InterruptedException {
        kafka.kill9();
        killed(Kind.KAFKA);
    }

    private void killed(Kind kind) {
        kills.merge(kind, 1, Integer::sum);
    }

    Map<Kind, Integer> kills() {
        return Map.copyOf(kills);
    }

    HubProcess hub(int node) {
        return hubs.get(node);
    }

    int nodes() {
        return hubs.size();
    }

    List<URI> urls() {
        return hubs.stream().map(HubProcess::url).toList();
    }

    DatabaseProcess database() {
        return database;
    }

    /** Where the database's tables lie. */
    Volume volume() {
        return volume.orElseThrow(() -> new IllegalStateException("this user may not mount"));
    }

    KafkaProcess kafka() {
        return kafka;
    }

    StandInsProcess partners() {
        return partners;
    }

    FaultProxy through(String name) {
        return proxies.get(name);
    }

    Path journals() {
        return folder.resolve("journal");
    }

    List<Path> logs() {
        return hubs.stream().map(HubProcess::log).toList();
    }

    /** The test's JVM was stopped: what it has started must not go on. */
    private void leaveNothing() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        // Nobody reads what this says: after an orderly end it has gone already.
        volume.ifPresent(it -> {
            try {
                it.close();
            } catch (Exception gone) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() throws Exception {
        proxies.values().forEach(proxy -> proxy.mode(Mode.PASS));
        for (HubProcess hub : hubs) {
            if (hub.isAlive()) {
                hub.goOn();
            }
            hub.close();
        }
        partners.close();
        kafka.close();
        database.close();
        if (volume.isPresent()) {
            volume.get().close();
        }
        proxies.values().forEach(FaultProxy::close);
    }
}
