package org.undersigned.record;

import java.util.regex.Pattern;
import org.undersigned.tlog.NoteVerifier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who a site says it is: its `/.well-known/undersigned.json`.
/// ```
/// {"v":1,"host":"demo.undersigned.example","register_key":"<vkey of <host>/register>","register":"/log/register/"}
/// ```
/// The host is the instance's name in its record, not the address it is reached at. One Ed25519 key signs
/// everything, under a key name of its own for each log and for promises.
///
/// @param registerPath where the register's checkpoint and tiles are: starts and ends with `/`
public record Instance(String host, NoteVerifier registerKey, String registerPath) {
    public static final String PATH = "/.well-known/undersigned.json";
    private static final Pattern FOLDER = Pattern.compile("/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/){1,8}");
    private static final JsonMapper MAPPER = new JsonMapper();

    /// @throws IllegalArgumentException if the key is not the host's register key, or the path no plain path
    public Instance {
        if (!registerKey.name().equals(host + "/register")) {
            throw new IllegalArgumentException(
                    "register_key is of " + registerKey.name() + ", not " + host + "/register");
        }
        if (!FOLDER.matcher(registerPath).matches()) {
            throw new IllegalArgumentException("register is not a plain path ending in /");
        }
    }

    /// Reads the file; fields this version does not know are left alone.
    ///
    /// @throws IllegalArgumentException if it is not version 1 of this
    public static Instance parse(byte[] bytes) {
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (json == null) throw new IllegalArgumentException("no JSON");
        var fields = Fields.of(json, "undersigned.json");
        if (fields.integer("v", 1) != 1) throw fields.wrong("v", "is not 1");
        return new Instance(
                fields.text("host"), NoteVerifier.parse(fields.text("register_key")), fields.text("register"));
    }

    /// The verifier of a box's checkpoints.
    public NoteVerifier boxKey(BoxId box) {
        return NoteVerifier.ed25519(host + "/box/" + box, registerKey.publicKey());
    }

    /// The verifier of promises.
    public NoteVerifier promiseKey() {
        return NoteVerifier.ed25519(host + "/promise", registerKey.publicKey());
    }

    /// Where a box's checkpoint and tiles are.
    public static String boxPath(BoxId box) {
        return "/log/box/" + box + "/";
    }
}
