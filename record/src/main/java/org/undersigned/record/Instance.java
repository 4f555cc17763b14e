package org.undersigned.record;

import java.util.regex.Pattern;
import org.undersigned.tlog.NoteVerifier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The identity of a site, from its `/.well-known/undersigned.json`.
/// ```
/// {"v":1,"host":"demo.undersigned.example","register_key":"<vkey of <host>/register>","register":"/log/register/",
///  "ledger":"/log/ledger/","witnesses":["<vkey>"],"quorum":1}
/// ```
/// The host is the instance's name in its record, and may differ from the address where it is reached. One Ed25519
/// key signs everything; each log and the promises have a separate key name.
///
/// @param registerPath the path of the register's checkpoint and tiles: starts and ends with `/`
/// @param ledgerPath   the path of the ledger's
/// @param policy       the witnesses of both logs; the newest leaf `witnesses.named` of the register says the same
public record Instance(
        String host, NoteVerifier registerKey, String registerPath, String ledgerPath, WitnessPolicy policy) {
    public static final String PATH = "/.well-known/undersigned.json";
    private static final Pattern FOLDER = Pattern.compile("/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/){1,8}");
    private static final JsonMapper MAPPER = new JsonMapper();

    /// @throws IllegalArgumentException if the key name is not `<host>/register`, or the path is not a plain path
    public Instance {
        if (!registerKey.name().equals(host + "/register")) {
            throw new IllegalArgumentException(
                    "register_key has the name " + registerKey.name() + ", not " + host + "/register");
        }
        if (!FOLDER.matcher(registerPath).matches()) {
            throw new IllegalArgumentException("register is not a plain path ending in /");
        }
        if (!FOLDER.matcher(ledgerPath).matches()) {
            throw new IllegalArgumentException("ledger is not a plain path ending in /");
        }
    }

    /// Parses the file and ignores unknown fields.
    ///
    /// @throws IllegalArgumentException if it is not a version 1 file
    public static Instance parse(byte[] bytes) {
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (json == null) throw new IllegalArgumentException("the JSON is empty");
        var fields = Fields.of(json, "undersigned.json");
        if (fields.integer("v", 1) != 1) throw fields.wrong("v", "is not 1");
        return new Instance(
                fields.text("host"),
                NoteVerifier.parse(fields.text("register_key")),
                fields.text("register"),
                fields.text("ledger"),
                WitnessPolicy.parse(fields.texts("witnesses", 64), fields.integer("quorum", 0)));
    }

    /// The verifier of the ledger's checkpoints.
    public NoteVerifier ledgerKey() {
        return NoteVerifier.ed25519(host + "/ledger", registerKey.publicKey());
    }

    /// The verifier of a box's checkpoints.
    public NoteVerifier boxKey(BoxId box) {
        return NoteVerifier.ed25519(host + "/box/" + box, registerKey.publicKey());
    }

    /// The verifier of promises.
    public NoteVerifier promiseKey() {
        return NoteVerifier.ed25519(host + "/promise", registerKey.publicKey());
    }

    /// The path of a box's checkpoint and tiles.
    public static String boxPath(BoxId box) {
        return "/log/box/" + box + "/";
    }
}
