package songda.gov;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The government network's database with the exchange table. It is another than the hub's, and may be away while the hub runs. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

    /**
     * Opens its first connection when it is asked for one. No candidate for those who want the hub's own database.
     *
     * @throws IllegalStateException where the table is to be polled and nobody says where it is
     */
    @Bean(name = "gov-exchange", defaultCandidate = false)
    HikariDataSource govExchange(
            @Value("${songda.gov.exchange.polled}") boolean on,
            @Value("${songda.gov.exchange.url}") String url,
            @Value("${songda.gov.exchange.user}") String user,
            @Value("${songda.gov.exchange.password}") String password) {
        if (on && url.isBlank()) {
            throw new IllegalStateException(
                    "已启用交换表但没有地址，请设置 SONGDA_GOV_EXCHANGE_URL / the exchange table is to be polled but has"
                            + " no address: set SONGDA_GOV_EXCHANGE_URL (jdbc:postgresql://host/database)");
        }
        HikariDataSource source = new HikariDataSource();
        source.setPoolName("gov-exchange");
        source.setJdbcUrl(url);
        source.setUsername(user);
        source.setPassword(password);
        source.setMaximumPoolSize(2);
        source.setMinimumIdle(0);
        source.setConnectionTimeout(5_000);
        source.addDataSourceProperty("socketTimeout", "30");
        return source;
    }
}
