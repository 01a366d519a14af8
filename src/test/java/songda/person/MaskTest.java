package songda.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource({
        "张,*",
        "张三,张*",
        "张小三,张*三",
        "欧阳锋,欧*锋",
        "欧阳娜娜,欧**娜",
        "𠮷野,𠮷*",
        "买买提·吐尔逊,买*****逊",
        "John Smith,J*** S****",
        "J,*",
        "Ólafur,Ó*****",
        "'',''"
    })
    void names(String clear, String masked) {
        assertThat(Mask.name(clear)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "13812341234,138****1234",
        "+86 138-1234-1234,138****1234",
        "8613812341234,138****1234",
        "0571-82345678,0571****5678",
        "0571-82345678-8001,0571****5678",
        "010-82345678,010****5678",
        "(0571)82345678,0571****5678",
        "82345678,****",
        "110,****",
        "unknown,****",
        "'',''"
    })
    void phones(String clear, String masked) {
        assertThat(Mask.phone(clear)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002X,****002X", "110105491231002,****1002", "12345,****", "'',''"})
    void identity_numbers(String clear, String masked) {
        assertThat(Mask.id(clear)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "浙江省杭州市萧山区北干街道金城路1038号3幢501室,浙江省杭州市萧山区北干街道****",
        "杭州市萧山区金城路1038号,杭州市萧山区****",
        "萧山区新街街道市心北路8号,萧山区新街街道****",
        "浙江省宁波市镇海区招宝山街道车站路1号,浙江省宁波市镇海区招宝山街道****",
        "浙江省义乌市佛堂镇大成路9号,浙江省义乌市佛堂镇****",
        "北京市朝阳区建国路88号,北京市朝阳区****",
        "内蒙古自治区呼和浩特市新城区成吉思汗大街1号,内蒙古自治区呼和浩特市新城区****",
        "金城路1038号区委大院,****",
        "somewhere 12,****",
        "'',''"
    })
    void addresses(String clear, String masked) {
        assertThat(Mask.address(clear)).isEqualTo(masked);
    }

    @org.junit.jupiter.api.Test
    void nothing_stays_nothing() {
        assertThat(Mask.name(null)).isNull();
        assertThat(Mask.phone(null)).isNull();
        assertThat(Mask.id(null)).isNull();
        assertThat(Mask.address(null)).isNull();
    }
}
