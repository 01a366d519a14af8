package songda.signature;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import songda.secret.SecretFile;

@Configuration(proxyBeanMethods = false)
class SignatureConfiguration {

    @Bean
    PartnerKeys partnerKeys(
            @Value("${songda.partners.file:${songda.data}/partners.json}") String file, SecretFile secrets) {
        return new PartnerKeys(Path.of(file), secrets, Duration.ofSeconds(1));
    }

    // Wall time on purpose: a Clock from the context would be business time.
    @Bean
    SignatureVerifier signatureVerifier(PartnerKeys keys) {
        return new SignatureVerifier(keys, Clock.systemUTC());
    }
}
