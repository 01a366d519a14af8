package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.failure.Unmappable;

class XsltMappingTest {

    private static final Mappings MAPPINGS = new Mappings(Path.of("src/test/resources/mappings"));
    private static final Mapping TO_JSON = MAPPINGS.get("gov/xml-order-to-json");
    private static final Mapping TO_XML = MAPPINGS.get("gov/order-to-xml");

    @TempDir
    Path root;

    @Test
    void xml_becomes_json() {
        assertThat(TO_JSON.translate((Object) order("1", "138 1234 5678")))
                .isEqualTo(StrictJson.read(
                        "{\"orderNo\":\"Z1\",\"payer\":\"RECIPIENT\",\"phone\":\"13812345678\",\"ok\":true}"));
    }

    @Test
    void json_becomes_xml_and_its_text_stays_text() {
        assertThat(TO_XML.translate((Object) "{\"orderNo\":\"Z1\",\"name\":\"<张> & {doc('file:///etc/passwd')}\"}"))
                .hasToString(
                        "<order no=\"Z1\"><pay>RECIPIENT</pay><name>&lt;张&gt; &amp; {doc('file:///etc/passwd')}</name></order>");
    }

    @Test
    void a_declared_encoding_is_read() {
        String xml = "<?xml version=\"1.0\" encoding=\"GBK\"?>" + order("2", "１３８１２３４５６７８");
        assertThat(TO_JSON.translate((Object) xml.getBytes(Charset.forName("GBK"))))
                .asString()
                .contains("SENDER", "13812345678");
    }

    @Test
    void an_unknown_code_and_a_refusal_speak_as_in_jslt() {
        assertThatThrownBy(() -> TO_JSON.translate(order("9", "13812345678"), OnBreach.SET_ASIDE))
                .isInstanceOf(Unmappable.class)
                .hasMessage("unknown gov code '9' in /order/pay: add it to mappings/gov/xml-order-to-json/codes.csv");
        assertThatThrownBy(() -> TO_JSON.translate(order("9", "x"), OnBreach.SET_ASIDE))
                .hasMessage("/order/phone 电话不对 / not a phone");
    }

    @Test
    void a_doctype_is_refused() {
        assertThatThrownBy(() -> TO_JSON.translate(
                        (Object) ("<!DOCTYPE order [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + order("1", "&x;"))))
                .isInstanceOf(Breach.class)
                .hasMessage("unreadable message: DOCTYPE");
    }

    @Test
    void broken_or_deep_xml_is_refused() {
        assertThatThrownBy(() -> TO_JSON.translate((Object) "<order>")).hasMessage("unreadable message: not valid XML");
        assertThatThrownBy(() -> TO_JSON.translate((Object) "")).hasMessage("unreadable message: not valid XML");
        assertThatThrownBy(() -> TO_JSON.translate((Object) "<a>".repeat(70)))
                .hasMessage("unreadable message: over the limits of a message");
    }

    @Test
    void a_stylesheet_that_does_not_compile_names_its_line() throws IOException {
        write("a/b/map.xsl", stylesheet("<xsl:template match=\"/\">\n<xsl:nonsense/></xsl:template>"));
        assertThatThrownBy(() -> new Mappings(root))
                .isInstanceOf(MappingBroken.class)
                .hasMessageStartingWith("mappings/a/b/map.xsl:2: ");
    }

    @Test
    void a_stylesheet_reaches_no_file_and_no_network() throws IOException {
        Files.writeString(root.resolve("secret.xml"), "<s>secret</s>");
        String file = root.resolve("secret.xml").toUri().toString();
        for (String read : new String[] {
            "doc('" + file + "')",
            "unparsed-text('" + file + "')",
            "json-doc('" + file + "')",
            "collection('" + root.toUri() + "')",
            "doc('http://127.0.0.1:1/')",
            "environment-variable('PATH')",
            "system-property('java.home')"
        }) {
            write(
                    "a/b/map.xsl",
                    stylesheet(
                            "<xsl:template match=\"/\"><x><xsl:value-of select=\"" + read + "\"/></x></xsl:template>"));
            assertThat(outcome()).as(read).doesNotContain("secret", "/bin", "java");
        }
    }

    @Test
    void an_import_from_outside_is_refused() throws IOException {
        Path outside = Files.createTempFile("outside", ".xsl");
        write("a/b/map.xsl", stylesheet("<xsl:import href=\"" + outside.toUri() + "\"/>"));
        assertThatThrownBy(() -> new Mappings(root)).isInstanceOf(MappingBroken.class);
    }

    @Test
    void an_import_from_the_mappings_works() throws IOException {
        write("a/kit.xsl", stylesheet("<xsl:template match=\"/\"><kit/></xsl:template>"));
        write("a/b/map.xsl", stylesheet("<xsl:import href=\"../kit.xsl\"/>"));
        assertThat(outcome()).contains("<kit/>");
    }

    private String outcome() {
        try {
            return String.valueOf(new Mappings(root).get("a/b").translate("<a/>", OnBreach.SET_ASIDE));
        } catch (Unmappable e) {
            return "refused";
        }
    }

    private static String stylesheet(String body) {
        return "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">" + body
                + "</xsl:stylesheet>";
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String order(String pay, String phone) {
        return "<order no=\"Z1\"><pay>" + pay + "</pay><phone>" + phone
                + "</phone><credit>91330100799655058B</credit></order>";
    }
}
