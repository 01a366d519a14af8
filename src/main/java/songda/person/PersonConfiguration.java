package songda.person;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import songda.secret.SecretFile;

@Configuration(proxyBeanMethods = false)
class PersonConfiguration {

    @Bean
    Keys keys(@Value("${songda.keys.file:${songda.data}/keys.json}") String file, SecretFile secrets) {
        return Keys.load(Path.of(file), secrets);
    }

    @Bean
    Sealer sealer(Keys keys) {
        return new Sealer(keys);
    }

    @Bean
    Tokens tokens(Keys keys) {
        return new Tokens(keys);
    }

    @Bean
    BlindIndex blindIndex(Keys keys) {
        return new BlindIndex(keys);
    }
}
