package songda.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** {@code {title, kind: lines|bars, labels, series: [{name, values}]}} as a PNG, twice as fine as it is shown. Only digits are drawn: what the colours mean is text beside it, in the reader's own font. */
public final class Chart {

    private static final int WIDTH = 1248;
    private static final int HEIGHT = 520;
    /** Of what goes well, and of what does not. */
    private static final int[] LINES = {0x0B7A4B, 0x2F6FB0, 0xD98E04, 0x7B5EA7};

    private static final int[] BARS = {0xC0392B, 0xD98E04, 0x2F6FB0, 0x7B5EA7};
    private static final Color GRID = new Color(0xE4E7EB);
    private static final Color INK = new Color(0x52606D);

    private Chart() {}

    /** The colour of a series, 0xRRGGBB. */
    public static int colour(JsonNode json, int series) {
        int[] colours = lines(json) ? LINES : BARS;
        return colours[series % colours.length];
    }

    private static boolean lines(JsonNode json) {
        return json.path("kind").asText("bars").equals("lines");
    }

    public static byte[] png(JsonNode json) {
        boolean lines = lines(json);
        CategoryChart chart =
                new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
        style(chart, lines);
        List<String> labels = new ArrayList<>();
        json.path("labels").forEach(label -> labels.add(label.asText()));
        double most = 0;
        for (JsonNode series : json.path("series")) {
            List<Double> values = new ArrayList<>();
            series.path("values").forEach(value -> values.add(value.asDouble()));
            most = Math.max(most, values.stream().mapToDouble(v -> v).max().orElse(0));
            chart.addSeries(series.path("name").asText(), labels, values).setMarker(SeriesMarkers.CIRCLE);
        }
        chart.getStyler().setYAxisMin(0.0);
        // Five steps of a round number: nobody counts half a letter.
        chart.getStyler().setYAxisMax(roundedUp(most));
        return bytes(chart);
    }

    private static void style(CategoryChart chart, boolean lines) {
        Font font = ChartFont.of(22f);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(lines ? CategorySeriesRenderStyle.Line : CategorySeriesRenderStyle.Bar)
                .setOverlapped(lines)
                .setAvailableSpaceFill(0.6);
        chart.getStyler()
                .setChartTitleVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setSeriesColors(
                        Arrays.stream(lines ? LINES : BARS).mapToObj(Color::new).toArray(Color[]::new))
                .setLegendVisible(false)
                .setChartPadding(8);
        chart.getStyler()
                .setAxisTickLabelsFont(font)
                .setAxisTickLabelsColor(INK)
                .setPlotGridLinesColor(GRID)
                .setPlotGridVerticalLinesVisible(false)
                .setAxisTicksMarksVisible(false)
                .setYAxisDecimalPattern("#,##0")
                .setXAxisMaxLabelCount(14);
    }

    private static double roundedUp(double most) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(5, most))));
        return Math.max(5, Math.ceil(most * 1.1 / step) * step);
    }

    private static byte[] bytes(CategoryChart chart) {
        try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
            BitmapEncoder.saveBitmap(chart, png, BitmapEncoder.BitmapFormat.PNG);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
