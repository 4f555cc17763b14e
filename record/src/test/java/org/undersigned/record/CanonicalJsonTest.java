package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "-1",
                "9007199254740991",
                "\"\"",
                "{\"\":0,\"a\":[1,{\"b\":null}]}",
                "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0000\\u001f\u007f\u2028\"",
                // RFC 8785 §3.2.3: by UTF-16 units, so a surrogate pair sorts before U+FB33
                "{\"\\r\":0,\"1\":0,\"\u0080\":0,\"\u00f6\":0,\"\u20ac\":0,\"\ud83d\ude00\":0,\"\ufb33\":0}",
            })
    void canonicalJsonRoundTrips(String json) {
        assertThat(CanonicalJson.write(CanonicalJson.parse(json.getBytes(UTF_8))))
                .isEqualTo(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{} ",
                " {}",
                "{}{}",
                "{}x",
                "{\"a\": 1}",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "1.0",
                "1e2",
                "-0",
                "01",
                "NaN",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999999999999",
                "\"\\u0061\"",
                "\"\\/\"",
                "\"\\u001F\"",
                "\"\\ud800\"",
                "{'a':1}",
                "[1,]",
                "// no",
                "\"\n\"",
            })
    void whatIsNotIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.parse(json.getBytes(UTF_8)));
    }

    @Test
    void otherEncodingsAndMarksAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.parse("{}".getBytes(UTF_16)));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.parse("\ufeff{}".getBytes(UTF_8)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.parse(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.parse(new byte[] {'"', (byte) 0xff, '"'}));
    }

    @Test
    void depthAndLengthAreBounded() {
        String deep = "[".repeat(40) + "]".repeat(40);
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.parse(deep.getBytes(UTF_8)));
        String longest = "\"" + "a".repeat(CanonicalJson.MAX_BYTES - 2) + "\"";
        assertThat(CanonicalJson.parse(longest.getBytes(UTF_8)).isString()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.parse((longest + " ").getBytes(UTF_8)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CanonicalJson.write(JsonNodeFactory.instance.stringNode("a".repeat(CanonicalJson.MAX_BYTES))));
    }

    @Test
    void aFractionOrALoneSurrogateIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.write(JsonNodeFactory.instance.numberNode(0.5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.write(JsonNodeFactory.instance.stringNode("\ud800")));
    }
}
