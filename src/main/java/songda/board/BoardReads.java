package songda.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import songda.configuration.ConfigurationDesk;
import songda.deadletter.LetterShelf;
import songda.deadletter.Which;
import songda.door.DoorHealth;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.kpi.KpiWindow;
import songda.order.OrderPages;
import songda.replay.Replays;

/** What everybody who has logged in may look at, masked. */
@RestController
@RequestMapping("/board/api")
final class BoardReads {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 50;
    private final Search search;
    private final OrderPages orders;
    private final Notes notes;
    private final Chases chases;
    private final LetterShelf letters;
    private final Replays replays;
    private final DoorHealth doors;
    private final ConfigurationDesk configuration;
    private final Words words;
    private final KpiWindow kpis;

    BoardReads(
            Search search,
            OrderPages orders,
            Notes notes,
            Chases chases,
            LetterShelf letters,
            Replays replays,
            DoorHealth doors,
            ConfigurationDesk configuration,
            Words words,
            KpiWindow kpis) {
        this.search = search;
        this.orders = orders;
        this.notes = notes;
        this.chases = chases;
        this.letters = letters;
        this.replays = replays;
        this.doors = doors;
        this.configuration = configuration;
        this.words = words;
        this.kpis = kpis;
    }

    @GetMapping("/me")
    ResponseEntity<byte[]> me(Authentication user) {
        return Body.answer(Desk.of(user).json());
    }

    @GetMapping("/words")
    ResponseEntity<byte[]> words() {
        return Body.answer(words.json());
    }

    /** By POST, since four digits of a phone belong in no address. */
    @PostMapping("/search")
    ResponseEntity<byte[]> search(@RequestBody byte[] body) {
        return Body.answer(search.find(text(body)));
    }

    private static String text(byte[] body) {
        try {
            JsonNode asked = JSON.readTree(body);
            if (body.length < 1_000 && asked != null && asked.path("q").isTextual()) {
                return asked.path("q").textValue();
            }
        } catch (IOException e) {
            // answered below, like what is no object
        }
        throw new Refused(Problem.of(400, "unreadable-body", "请求体不是 JSON 对象", "The body is no JSON object"));
    }

    @GetMapping("/orders/{id}")
    ResponseEntity<byte[]> order(@PathVariable long id) {
        ObjectNode order = orders.board(id);
        order.set("notes", notes.of(id));
        return Body.answer(order);
    }

    @GetMapping("/overview")
    ResponseEntity<byte[]> overview() {
        return Body.answer(chases.overview());
    }

    @GetMapping("/chases")
    ResponseEntity<byte[]> chases(
            @RequestParam(required = false) String county,
            @RequestParam(required = false) String anomaly,
            @RequestParam(required = false) String receipt,
            @RequestParam(required = false) String cursor) {
        return Body.answer(chases.page(county, anomaly, receipt, cursor));
    }

    @GetMapping("/letters")
    ResponseEntity<byte[]> letters(
            @RequestParam(required = false) String fingerprint, @RequestParam(required = false) String cursor) {
        return Body.answer(letters.list(new Which(fingerprint, null, null, null, null), "OPEN", cursor, PAGE));
    }

    @GetMapping("/letters/{id}")
    ResponseEntity<byte[]> letter(@PathVariable long id) {
        return Body.answer(letters.show(String.valueOf(id)));
    }

    @GetMapping("/replays")
    ResponseEntity<byte[]> replays() {
        return Body.answer(replays.list());
    }

    @GetMapping("/doors")
    ResponseEntity<byte[]> doors() {
        return Body.answer(doors.list());
    }

    /** As they were counted last; {@code at} says when. */
    @GetMapping("/kpis")
    ResponseEntity<byte[]> kpis() {
        return Body.answer(kpis.seen());
    }

    @GetMapping("/configuration")
    ResponseEntity<byte[]> configuration() {
        return Body.answer(configuration.overview(PAGE));
    }

    @GetMapping("/configuration/{version}")
    ResponseEntity<byte[]> configuration(@PathVariable long version) {
        return Body.answer(configuration.diff(version));
    }

    /** An address that there is not. */
    @RequestMapping("/**")
    ResponseEntity<byte[]> nothing() {
        throw new Refused(Problem.of(404, "not-found", "这里没有这个地址", "No such address here"));
    }
}
