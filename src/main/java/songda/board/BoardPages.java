package songda.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The board's one page with its own scripts and styles, and the one library that it uses. All come from the jar. */
@RestController
final class BoardPages implements WebMvcConfigurer {

    private static final String LIT = "classpath:/META-INF/resources/webjars/lit-html/3.2.1/";
    private final BoardGate gate;
    private final String page;

    BoardPages(BoardGate gate) throws IOException {
        this.gate = gate;
        this.page = new ClassPathResource("songda/board/index.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(gate).addPathPatterns("/board/api/**");
    }

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addRedirectViewController("/board", "/board/");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry pages) {
        pages.addResourceHandler("/board/lib/**").addResourceLocations(LIT).setCacheControl(CacheControl.noCache());
        pages.addResourceHandler("/board/*.js", "/board/*.css", "/board/*.svg")
                .addResourceLocations("classpath:/songda/board/")
                .setCacheControl(CacheControl.noCache());
    }

    @GetMapping("/board/")
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body(page);
    }
}
