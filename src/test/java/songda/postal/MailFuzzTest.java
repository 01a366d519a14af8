package songda.postal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import songda.failure.Refused;

/** Whatever comes as a list of the older push, it is read or refused. */
@Tag("fuzz")
class MailFuzzTest {

    private static final MailPush PUSHES = new MailPush("secret");

    static Stream<byte[]> pushes() {
        return Stream.of(
                        "<listexpressmail><m><mailnum>1272448151316</mailnum><action>10</action><effect>0</effect></m></listexpressmail>",
                        "<?xml version=\"1.0\" encoding=\"GBK\"?><e:Envelope xmlns:e=\"x\"><e:Body><a>&lt;listexpressmail/></a></e:Body></e:Envelope>",
                        "<!DOCTYPE x [<!ENTITY a \"b\">]><listexpressmail>&a;</listexpressmail>",
                        "{\"listexpressmail\":[{\"mailnum\":\"1\"}]}")
                .map(it -> it.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("pushes")
    @FuzzTest(maxDuration = "5m")
    void a_list_is_read_or_refused(byte[] push) {
        for (String type : new String[] {"text/xml", "text/xml; charset=GBK", "application/json"}) {
            try {
                MailPush.Opened opened = PUSHES.open(push, type, "secret");
                PUSHES.taken(opened, "{\"response\":{\"success\":\"1\"}}".getBytes(StandardCharsets.UTF_8));
            } catch (Refused said) {
                if (said.problem().status() / 100 != 4) {
                    throw new AssertionError(said.problem().toString(), said);
                }
            }
        }
    }
}
