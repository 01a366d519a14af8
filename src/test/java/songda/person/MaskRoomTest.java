package songda.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskRoomTest {

    @ParameterizedTest
    @CsvSource({
        "浙江省杭州市余杭区五常街道文一西路969号2幢301室, 浙江省杭州市余杭区五常街道文一西路969号****",
        "城厢街道演示弄12号, 城厢街道演示弄12号****",
        "浙江省杭州市萧山区北干街道金城小区5号楼2单元, 浙江省杭州市萧山区北干街道****",
    })
    void the_label_shows_the_house_but_not_the_door(String address, String shown) {
        assertThat(Mask.room(address)).isEqualTo(shown);
    }
}
