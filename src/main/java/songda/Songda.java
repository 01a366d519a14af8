package songda;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The hub. No argument runs it; see README.md. */
@SpringBootApplication
public class Songda {

    public static void main(String[] args) {
        SpringApplication.run(Songda.class, args);
    }
}
