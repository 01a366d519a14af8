package songda.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people save them. */
class SheetTest {

    @TempDir
    Path folder;

    private Sheet csv(byte[] bytes) throws IOException {
        return Sheet.read(Files.write(folder.resolve("a.CSV"), bytes));
    }

    @Test
    void a_workbook_says_numbers_in_full_and_times_as_the_exchange_table_has_them() throws IOException {
        Path file = folder.resolve("a.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = book.newWorksheet("订单");
            List.of("订单号", "收件电话", "下单时间", "保价金额").forEach(it -> {
                int column = List.of("订单号", "收件电话", "下单时间", "保价金额").indexOf(it);
                sheet.value(0, column, it);
            });
            sheet.value(2, 0, "A1");
            sheet.value(2, 1, 13812345678L);
            sheet.value(2, 2, LocalDateTime.of(2026, 11, 23, 9, 5));
            sheet.style(2, 2).format("yyyy-mm-dd hh:mm").set();
            sheet.value(2, 3, 1230.5);
        }
        Sheet sheet = Sheet.read(file);
        assertThat(sheet.titles()).containsExactly("订单号", "收件电话", "下单时间", "保价金额");
        assertThat(sheet.rows()).hasSize(1);
        assertThat(sheet.rows().get(0).number()).isEqualTo(3);
        assertThat(sheet.rows().get(0).cells()).containsExactly("A1", "13812345678", "2026-11-23 09:05:00", "1230.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GBK", "GB18030"})
    void a_csv_is_read_in_the_usual_encodings(String charset) throws IOException {
        Sheet sheet = csv("订单号;收件人\r\n\r\nA1;\"张;三\"\r\n".getBytes(Charset.forName(charset)));
        assertThat(sheet.titles()).containsExactly("订单号", "收件人");
        assertThat(sheet.rows().get(0).cell(1)).isEqualTo("张;三");
        assertThat(sheet.rows().get(0).cell(7)).isEmpty();
    }

    @Test
    void what_is_no_sheet_is_said() throws IOException {
        for (String wrong : List.of("", "\n\n", "订单号\n", "a,b\n\"open,1\n")) {
            assertThatThrownBy(() -> csv(wrong.getBytes())).isInstanceOf(Commands.Problem.class);
        }
        Path noBook = Files.writeString(folder.resolve("a.xlsx"), "PK no book");
        assertThatThrownBy(() -> Sheet.read(noBook)).isInstanceOf(Commands.Problem.class);
        assertThatThrownBy(() -> Sheet.read(folder.resolve("none.csv"))).isInstanceOf(Commands.Problem.class);
        assertThatThrownBy(() -> Sheet.read(Files.writeString(folder.resolve("a.doc"), "x")))
                .isInstanceOf(Commands.Problem.class);
        String many = "a,b\n" + "1,2\n".repeat(Sheet.MOST_ROWS + 1);
        assertThatThrownBy(() -> csv(many.getBytes())).hasMessageContaining("at most");
    }
}
