package songda.door;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code from: ask:<id>}: the route that asks a partner whether it has a message whose answer was lost. Doors name it with
 * {@code ask: <id>}. Its last mapping answers {@code {found: yes | no | unknown, facts}}; what the lost answer would have
 * reported stands in {@code facts} and is recorded.
 */
public final class AskComponent extends DefaultComponent {

    private final DoorStaff staff;

    public AskComponent(DoorStaff staff) {
        this.staff = staff;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException(
                        uri + " stands in from: only; a door names it with ask: " + remaining);
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new AskConsumer(this, processor, staff, remaining);
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }
}
