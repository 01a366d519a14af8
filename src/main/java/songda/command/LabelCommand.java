package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.label.Labels;
import songda.label.Pictures;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;

@Command(
        name = "label",
        description = {
            "把标签或清单画成图片，什么也不打印 / draws a label or list as a picture, nothing is printed",
            "--order 问运行中的送达（密钥须有 label 权限，图上有“预览”）；--file 只读文件 / --order asks the running hub, --file reads files only"
        },
        footer = {
            "",
            "songda label --file mappings/printer/label/examples/a-physical-receipt.in.json --out label.png",
            "songda label --order ZW2026112300001 --template zw-100150 --out label.png --key desk-2"
        })
final class LabelCommand implements Callable<Integer> {

    @Mixin
    private Hub hub;

    @ArgGroup(multiplicity = "1")
    private From from;

    static final class From {
        @Option(names = "--order", description = "运行中的送达里的订单号 / an order of the running hub")
        private String order;

        @Option(names = "--file", description = "映射的输入 {order, person, …}，JSON / what the mapping reads, JSON")
        private Path file;
    }

    @Option(names = "--out", required = true, description = "图片，PNG；多页加 -2、-3 / the picture; more pages get -2, -3")
    private Path out;

    @Option(names = "--template", description = "模板，缺省由映射定 / the template, the mapping's first unless given")
    private String template;

    @Option(names = "--mapping", description = "映射 / the mapping (${DEFAULT-VALUE})", defaultValue = "printer/label")
    private String mapping;

    @Option(
            names = "--in",
            description = "映射和模板的目录 / the folder of mappings and templates (${DEFAULT-VALUE})",
            defaultValue = "mappings")
    private Path mappings;

    @Override
    public Integer call() {
        JsonNode picture = from.order != null ? asked() : drawn();
        int page = 0;
        for (JsonNode png : picture.path("pages")) {
            write(++page, Base64.getDecoder().decode(png.asText()));
        }
        System.out.println(
                picture.path("template").asText() + " " + picture.path("paper").asText() + "  " + out);
        return 0;
    }

    private JsonNode asked() {
        String query = template == null ? "" : "?template=" + URLEncoder.encode(template, StandardCharsets.UTF_8);
        return hub.get("/api/v1/orders/" + from.order + "/label" + query);
    }

    private JsonNode drawn() {
        try {
            JsonNode job = new ObjectMapper()
                    .valueToTree(new Mappings(mappings)
                            .get(mapping)
                            .translate(Files.readAllBytes(from.file), OnBreach.REFUSE));
            return new Pictures(new Labels(mappings)).of(job, template);
        } catch (Refused e) {
            throw new Commands.Problem(words(e.problem()));
        } catch (IOException e) {
            throw new Commands.Problem(from.file + "：读不到 / cannot be read");
        }
    }

    private static String words(Problem problem) {
        StringBuilder words = new StringBuilder(problem.zh() + " / " + problem.en());
        problem.fields()
                .forEach(f -> words.append("\n  ").append(f.path()).append(": ").append(f.message()));
        return words.toString();
    }

    private void write(int page, byte[] png) {
        Path file = page == 1
                ? out
                : out.resolveSibling(out.getFileName().toString().replaceFirst("(\\.png)?$", "-" + page + ".png"));
        try {
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
