package org.undersigned.ohttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Parsers accept what the encoders write, padded or not, and name the byte where they refuse.
final class ParsersTest {
    private static BinaryRequest request(byte[] content) {
        var fields = List.of(new Field("content-type", "application/octet-stream"), new Field("x-empty", ""));
        return new BinaryRequest("POST", "https", "sign.example.org:443", "/box/a?b=c", fields, content);
    }

    @Property(tries = 200)
    void aRequestIsReadAsItWasWritten(
            @ForAll @Size(max = 20_000) byte[] content, @ForAll @IntRange(max = 5_000) int more) {
        var request = request(content);
        var padded = request.encode(request.encode().length + more);

        var read = BinaryRequest.parse(padded);

        assertThat(read).isEqualTo(request).hasSameHashCodeAs(request);
        assertThat(read.content()).isEqualTo(content);
        assertThat(read.fields()).isEqualTo(request.fields());
        assertThat(read.encode(padded.length)).isEqualTo(padded);
    }

    @Property(tries = 200)
    void aResponseIsReadAsItWasWritten(
            @ForAll @IntRange(min = 200, max = 599) int status, @ForAll @Size(max = 20_000) byte[] content) {
        var response = new BinaryResponse(status, List.of(new Field("a", "b")), content);
        assertThat(BinaryResponse.parse(response.encode(content.length + 50))).isEqualTo(response);
    }

    @Example
    void aMessageThatEndsEarlyIsRefused() {
        var whole = request(new byte[100]).encode();
        var withoutContent = request(new byte[0]).encode();
        var withoutFields = new BinaryRequest(
                        "POST", "https", "sign.example.org:443", "/box/a?b=c", List.of(), new byte[0])
                .encode();
        for (int length = 0; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);
            if (Arrays.equals(part, withoutContent) || Arrays.equals(part, withoutFields)) {
                assertThat(BinaryRequest.parse(part).encode()).isEqualTo(part); // RFC 9292 §3.8
            } else {
                assertThatThrownBy(() -> BinaryRequest.parse(part)).isInstanceOf(MalformedException.class);
            }
        }
    }

    @Example
    void whatIsNotAMessageIsRefusedWithItsPlace() {
        refused("01", "byte 0: the framing indicator is not 0");
        refused("02", "byte 0: the framing indicator is not 0");
        refused("0003474554056874747073", "byte 11: the message ends here");
        refused("4000", "byte 0: the number is not in its shortest form");
        refused("0003474554036674700000", "a scheme must be https or http");
        refused("000347455405687474707300012f0001", "the length of the content is out of bounds");
        refused("000347455405687474707300012f0000000001", "neither trailers nor padding");
        refused("000347455405687474707300012f0401410142", "token in lower case"); // a name with a capital
        refused("000347455405687474707300012f02056100", "byte 15: the length of the field's name is out of bounds");
        refused("0003474554056874747073ff", "byte 11: the message ends within a number");
        refused("0003c3a954", "the method is not ASCII");
    }

    private static void refused(String hex, String why) {
        assertThatThrownBy(() -> BinaryRequest.parse(HexFormat.of().parseHex(hex)))
                .as(hex)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }

    @Example
    void partsHaveBounds() {
        var many = IntStream.range(0, 65).mapToObj(i -> new Field("f" + i, "")).toList();
        assertThatThrownBy(() -> new BinaryResponse(200, many, new byte[0])).hasMessageContaining("at most 64 fields");
        assertThatThrownBy(() -> new BinaryResponse(199, List.of(), new byte[0]))
                .hasMessageContaining("200 to 599");
        assertThatThrownBy(() -> request(new byte[10]).encode(20)).hasMessageContaining("more than 20");
        assertThatThrownBy(() -> BinaryResponse.parse(new byte[(1 << 20) + 1])).hasMessageContaining("at most");
        assertThatThrownBy(() -> request(new byte[1 << 20]).encode()).hasMessageContaining("at most");
        for (var name : List.of("", "A", ":path", "a b", "é", "a".repeat(257))) {
            assertThatThrownBy(() -> new Field(name, "")).as(name).isInstanceOf(MalformedException.class);
        }
        for (var value : List.of(" a", "a ", "a\nb", "é", "a".repeat(8_193))) {
            assertThatThrownBy(() -> new Field("a", value)).as(value).isInstanceOf(MalformedException.class);
        }
        for (var path : List.of("", "a", "/ b", "/é")) {
            assertThatThrownBy(() -> new BinaryRequest("GET", "https", "", path, List.of(), new byte[0]))
                    .as(path)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Example
    void configurationsHaveBounds() {
        var good = HexFormat.of()
                .parseHex(
                        "010020" + "31e1f05a740102115220e9af918f738674aec95f54db6e04eb705aae8e798155" + "000400010001");
        assertThat(KeyConfig.parse(good).encode()).isEqualTo(good);
        for (int length = 0; length < good.length; length++) {
            var cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> KeyConfig.parse(cut)).isInstanceOf(MalformedException.class);
        }
        var other = good.clone();
        other[2] = 0x10; // P-256
        assertThatThrownBy(() -> KeyConfig.parse(other)).hasMessageContaining("byte 1");
        assertThatThrownBy(() -> KeyConfig.parseList(new byte[0])).hasMessageContaining("no configuration");
        var both = Hpke.joined(new byte[] {0, (byte) other.length}, other, new byte[] {0, (byte) good.length}, good);
        assertThat(KeyConfig.parseList(both)).extracting(KeyConfig::encode).containsExactly(good);
        assertThatThrownBy(() -> KeyConfig.parseList(new byte[] {0})).hasMessageContaining("within a configuration");
        assertThatThrownBy(() -> KeyConfig.parseList(new byte[] {0, 9, 1})).hasMessageContaining("byte 2");
    }

    @Example
    void nothingShowsItsContent() {
        var request = request("secret".getBytes(UTF_8));
        assertThat(request.toString() + request.fields())
                .doesNotContain("secret")
                .doesNotContain("octet");
    }
}
