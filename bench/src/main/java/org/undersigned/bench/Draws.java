package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.undersigned.cli.Book;
import org.undersigned.record.Manifest;
import org.undersigned.server.count.roll.Codes;

/// Prepares requests that draw a book, each for another person with a valid code. The blinded messages are random
/// numbers below the modulus: to sign them costs the server the same, and the bench does not need the tokens.
final class Draws {
    private static final int MODULUS_BYTES = 256;

    private final String crowd;
    private final Codes codes;
    private final List<String> keys;
    private final SplittableRandom random = new SplittableRandom();
    private int people;

    /// @param crowd names people who draw in no other part: a person draws once
    Draws(String crowd, Book book, Codes codes) {
        this.crowd = crowd;
        this.codes = codes;
        this.keys = book.manifests().stream()
                .map(manifest -> LoadInstance.member(manifest).tokenKeyId().bytes())
                .map(Base64.getEncoder()::encodeToString)
                .toList();
    }

    /// The next people's requests. Their codes are valid for a quarter of an hour at least.
    List<byte[]> prepare(int count) {
        var requests = new ArrayList<byte[]>(count);
        for (var i = 0; i < count; i++) {
            var address = crowd + "-" + people++ + "@" + LoadInstance.DRAWING;
            requests.add(HttpRequests.post(
                    "/roll/" + LoadInstance.DRAWING + "/draw",
                    "application/json",
                    body(address, codes.current(Manifest.MEMBER, address)).getBytes(US_ASCII)));
        }
        return requests;
    }

    private String body(String address, String code) {
        var body = new StringBuilder("{\"address\":\"" + address + "\",\"code\":\"" + code + "\",\"requests\":[");
        var separator = "";
        for (var key : keys) {
            var blinded = new byte[MODULUS_BYTES];
            random.nextBytes(blinded);
            blinded[0] = 0; // below every modulus
            body.append(separator).append("{\"key\":\"").append(key).append("\",\"blinded\":\"");
            body.append(Base64.getEncoder().encodeToString(blinded)).append("\"}");
            separator = ",";
        }
        return body.append("]}").toString();
    }
}
