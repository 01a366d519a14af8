package songda.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(classes = TestPartsTest.Nothing.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ContextConfiguration(initializers = TestParts.class)
class TestPartsTest {

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Autowired
    private KafkaReady kafkaReady;

    @Value("${spring.datasource.url}")
    private String url;

    @Value("${songda.kafka.brokers}")
    private String brokers;

    @Test
    void a_context_finds_both_parts_in_its_settings() throws Exception {
        assertThat(url).isEqualTo(TestParts.url());
        assertThat(kafkaReady.now()).isTrue();
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", brokers))) {
            assertThat(kafka.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                    .hasSize(1);
        }
    }

    @Test
    void a_fresh_database_is_empty_and_ones_own() {
        JdbcClient one = JdbcClient.create(TestParts.freshDatabase());
        JdbcClient other = JdbcClient.create(TestParts.freshDatabase());
        one.sql("create table mine(id int)").update();
        assertThat(other.sql("select to_regclass('mine') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
