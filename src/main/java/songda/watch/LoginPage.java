package songda.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The login page of the admin port: one file, no script, nothing from elsewhere. */
@RestController
final class LoginPage {

    private static final Map<String, String> MESSAGES = Map.of(
            "wrong", "用户名或口令不正确 / Wrong user name or password",
            "paused", "错误次数过多，请一分钟后再试 / Too many attempts, try again in a minute",
            "again", "页面已过期，请重新登录 / The page was out of date, please log in again",
            "bye", "已退出登录 / You are logged out");
    private final String page;

    LoginPage() throws IOException {
        page = new ClassPathResource("songda/watch/login.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping("/login")
    ResponseEntity<String> show(CsrfToken csrf, @RequestParam Map<String, String> why) {
        String message = List.of("paused", "wrong", "again", "bye").stream()
                .filter(why::containsKey)
                .findFirst()
                .map(MESSAGES::get)
                .orElse("");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body(page.replace("{{message}}", message)
                        .replace("{{kind}}", why.containsKey("bye") ? "note" : "error")
                        .replace("{{csrf}}", csrf.getToken()));
    }
}
