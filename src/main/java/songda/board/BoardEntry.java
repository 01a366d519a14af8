package songda.board;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import songda.watch.HawtioPlugin;

/** The board's place in Hawtio's menu. */
@Configuration(proxyBeanMethods = false)
class BoardEntry {

    @Bean
    HawtioPlugin board() {
        return new HawtioPlugin("/board", "songdaBoard", "./plugin", "hawtio.js");
    }
}
