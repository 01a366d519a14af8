package songda.watch;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** This package alone, with Camel and without a database. Bears no stereotype, so that no scan of the hub finds it. */
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import({LoginSecurity.class, HawtioServer.class, HawtioPages.class, LoginPage.class, RouteMetrics.class, Probes.class})
class Slice {

    static final String ROUTES =
            """
            - route:
                id: orders-receive
                group: gov
                description: 收下政务服务网推来的订单 / Take orders that the government network pushes
                from:
                  uri: direct:orders-receive
                  steps:
                    - to:
                        id: record-order
                        description: 登记事实 / Record the fact
                        uri: direct:orders-check
            - route:
                id: orders-check
                group: flow
                description: 内容不对的订单退回 / Turn away orders that say no
                from:
                  uri: direct:orders-check
                  steps:
                    - choice:
                        when:
                          - expression:
                              simple:
                                expression: ${body} == 'no'
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalArgumentException
                                  message: said no
            """;

    /** A database that can be switched off. */
    static final class Database extends AbstractDataSource {

        final AtomicBoolean up = new AtomicBoolean(true);

        @Override
        public Connection getConnection() throws SQLException {
            if (!up.get()) {
                throw new SQLException("switched off");
            }
            return (Connection) Proxy.newProxyInstance(
                    Slice.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (self, method, arguments) -> method.getName().equals("isValid") ? true : null);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }

    @Bean
    Database database() {
        return new Database();
    }

    static void load(CamelContext camel, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("slice.camel.yaml", yaml));
    }
}
