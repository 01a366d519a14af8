package songda.mapping;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

final class MappingEndpoint extends DefaultEndpoint {

    private final Mappings mappings;
    private final String name;
    private final MappingOptions options;

    MappingEndpoint(String uri, MappingComponent component, Mappings mappings, String name, MappingOptions options) {
        super(uri, component);
        this.mappings = mappings;
        this.name = name;
        this.options = options;
    }

    @Override
    public Producer createProducer() {
        return new MappingProducer(this, () -> mappings.get(name), options);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("a mapping is a step: write to: mapping:" + name);
    }

    @Override
    public boolean isRemote() {
        return false;
    }
}
