package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.ohttp.BinaryRequest;
import org.undersigned.ohttp.BinaryResponse;
import org.undersigned.ohttp.Field;

class RelayedRequestTest {
    private static final BoxId BOX = BoxId.of("a".repeat(26));

    private static BinaryRequest binary(String method, String path, List<Field> fields) {
        return new BinaryRequest(method, "https", "sign.example.org", path, fields, new byte[Withdrawal.SIZE]);
    }

    @Test
    void entriesAndWithdrawalsHaveOneLengthAndAreReadBack() {
        for (var host : List.of("a.example", "a".repeat(240) + ".example.org")) {
            for (var request : List.of(
                    new RelayedRequest(host, BOX, RelayedRequest.Kind.ENTRIES, new byte[CastRequest.SIZE]),
                    new RelayedRequest(host, BOX, RelayedRequest.Kind.WITHDRAWALS, new byte[Withdrawal.SIZE]))) {
                assertThat(request.encode()).hasSize(RelayedRequest.SIZE);
                assertThat(RelayedRequest.parse(request.encode())).isEqualTo(request);
            }
        }
    }

    @Test
    void onlyThatIsReadBack() {
        var box = "/box/" + BOX + "/withdrawals";
        assertThat(RelayedRequest.parse(binary("POST", box, List.of()).encode(RelayedRequest.SIZE))
                        .path())
                .isEqualTo(box);
        for (var wrong : List.of(
                binary("GET", box, List.of()),
                binary("POST", box + "?a", List.of()),
                binary("POST", "/roll/a.edu/code", List.of()),
                binary("POST", "/box/" + BOX + "/entries", List.of()), // of the wrong length
                binary("POST", box, List.of(new Field("cookie", "a=b"))))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RelayedRequest.parse(wrong.encode(RelayedRequest.SIZE)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RelayedRequest.parse(binary("POST", box, List.of()).encode(RelayedRequest.SIZE - 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelayedRequest("a", BOX, RelayedRequest.Kind.ENTRIES, new byte[3]));
    }

    @Test
    void everyResponseHasOneLength() {
        var problem = "{\"type\":\"urn:undersigned:problem:box-closed\"}".getBytes(UTF_8);
        assertThat(RelayedRequest.response(403, problem)).hasSize(RelayedRequest.RESPONSE_SIZE);
        assertThat(BinaryResponse.parse(RelayedRequest.response(403, problem)).content())
                .isEqualTo(problem);
        var tooLong = BinaryResponse.parse(RelayedRequest.response(403, new byte[2_000]));
        assertThat(tooLong.status()).isEqualTo(403);
        assertThat(tooLong.content()).asString(UTF_8).isEqualTo("{}");
    }
}
