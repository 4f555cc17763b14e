package org.undersigned.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A leaf of the register (PROTOCOL §9): canonical JSON with a `type` and a version `v`. The register says what is
/// offered: boxes, rules, clients. What happens in the boxes is in the ledger ([LedgerLeaf]).
public sealed interface RegisterLeaf
        permits RegisterLeaf.BoxOpened,
                RegisterLeaf.BoxSuperseded,
                RegisterLeaf.RollRules,
                RegisterLeaf.ClientReleased,
                RegisterLeaf.WitnessesNamed,
                RegisterLeaf.RelayNamed,
                UnknownLeaf {

    /// The leaf's bytes in the log: at most 65,535.
    byte[] bytes();

    /// Parses a leaf. An unknown type or version becomes [UnknownLeaf]; a known type must match its format exactly.
    ///
    /// @throws IllegalArgumentException if it is not canonical JSON with type and version, or breaks a rule of its
    ///     type
    static RegisterLeaf parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        var fields = Fields.of(json, "register leaf");
        String type = fields.text("type");
        int version = fields.integer("v", 1);
        if (version != 1) return new UnknownLeaf(type + " v" + version, bytes);
        RegisterLeaf leaf =
                switch (type) {
                    case "box.opened" -> new BoxOpened(Manifest.parse(json));
                    case "box.superseded" ->
                        new BoxSuperseded(
                                BoxId.of(fields.text("box")), BoxId.of(fields.text("by")), fields.instant("at"));
                    case "roll.rules" -> rules(fields);
                    case "client.released" ->
                        new ClientReleased(
                                fields.text("version"), files(fields.object("files")), fields.instant("from"));
                    case "witnesses.named" ->
                        new WitnessesNamed(
                                WitnessPolicy.parse(fields.texts("witnesses", 64), fields.integer("quorum", 0)),
                                fields.instant("from"));
                    case "relay.named" ->
                        new RelayNamed(
                                fields.field("relay").isNull() ? null : Relay.parse(fields.object("relay")),
                                fields.instant("from"));
                    default -> new UnknownLeaf(type, bytes);
                };
        if (!(leaf instanceof BoxOpened || leaf instanceof UnknownLeaf)) fields.end();
        if (!Arrays.equals(leaf.bytes(), bytes)) throw new IllegalArgumentException(type + " is not in canonical form");
        return leaf;
    }

    private static RollRules rules(Fields fields) {
        return new RollRules(
                fields.text("campus"),
                fields.texts("campuses", 1024),
                fields.text("class"),
                fields.texts("domains", 1024),
                fields.texts("separate_domains", 1024),
                fields.texts("folds", 16),
                fields.instant("from"));
    }

    private static SortedMap<String, String> files(Fields fields) {
        var files = new TreeMap<String, String>();
        for (String name : fields.names()) files.put(name, fields.text(name));
        return files;
    }

    /// A box opens. The leaf's bytes are the manifest's own bytes.
    record BoxOpened(Manifest manifest) implements RegisterLeaf {
        @Override
        public byte[] bytes() {
            return manifest.leaf();
        }
    }

    /// `{"at":"2016-11-23T09:00:00Z","box","by","type":"box.superseded","v":1}`: from that moment on, the page of
    /// `box` has another box, `by`. `box` takes no more entries, but withdrawals. `by` is opened in the next leaf,
    /// or was opened and superseded before.
    record BoxSuperseded(BoxId box, BoxId by, Instant at) implements RegisterLeaf {
        /// @throws IllegalArgumentException if a box would supersede itself
        public BoxSuperseded {
            if (box.equals(by)) throw new IllegalArgumentException("a box cannot supersede itself");
        }

        @Override
        public byte[] bytes() {
            return CanonicalJson.write(CanonicalJson.typed("box.superseded")
                    .put("box", box.value())
                    .put("by", by.value())
                    .put("at", at.toString()));
        }
    }

    /// `{"campus","campuses":[…],"class","domains":[…],"folds":[…],"from":"2016-11-23T09:00:00Z",
    /// "separate_domains":[…],"type":"roll.rules","v":1}`: from that moment on, these addresses belong to the
    /// roll of `campus`, for that class. An address belongs to it if its domain is in one of the two lists; the
    /// same name at all of `domains` is one person, and the same name at each of `separateDomains` is another
    /// person. `folds` says what of a name does not count: `case`, `plus-tag` (everything after a plus),
    /// `hyphen-tag` (everything after a hyphen), `dots`. All lists are sorted.
    record RollRules(
            String campus,
            List<String> campuses,
            String cls,
            List<String> domains,
            List<String> separateDomains,
            List<String> folds,
            Instant from)
            implements RegisterLeaf {
        /// @throws IllegalArgumentException for lists that are unsorted or repeat something, and for no campus at all
        public RollRules {
            campuses = List.copyOf(campuses);
            domains = List.copyOf(domains);
            separateDomains = List.copyOf(separateDomains);
            folds = List.copyOf(folds);
            if (campuses.isEmpty()) throw new IllegalArgumentException("rules must have at least one campus");
            for (List<String> list : List.of(campuses, domains, separateDomains, folds)) {
                if (!list.equals(List.copyOf(new TreeSet<>(list)))) {
                    throw new IllegalArgumentException("the lists of rules must be sorted and without repetition");
                }
            }
        }

        /// Who an address is at this roll ([Identity]).
        ///
        /// @param local part of the address before the `@`
        /// @param domain in lower case, one of the roll's
        public String identityOf(String local, String domain) {
            return Identity.of(local, folds, separateDomains.contains(domain) ? domain : campus);
        }

        /// True if both say the same about addresses, whenever.
        public boolean saysTheSameAs(RollRules other) {
            return equals(new RollRules(
                    other.campus, other.campuses, other.cls, other.domains, other.separateDomains, other.folds, from));
        }

        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("roll.rules")
                    .put("campus", campus)
                    .put("class", cls)
                    .put("from", from.toString());
            campuses.forEach(json.putArray("campuses")::add);
            domains.forEach(json.putArray("domains")::add);
            separateDomains.forEach(json.putArray("separate_domains")::add);
            folds.forEach(json.putArray("folds")::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"files":{"sign-ABC.js":"<sha-256
    /// hex>"},"from":"2016-11-23T09:00:00Z","type":"client.released","v":1,"version"}`: the hash of every
    /// file that a browser gets from that moment on.
    record ClientReleased(String version, Map<String, String> files, Instant from) implements RegisterLeaf {
        /// @throws IllegalArgumentException for a hash that is not 64 lower-case hexadecimal digits
        public ClientReleased {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
            files.forEach((name, hash) -> Fields.sha256Hex(hash, "files." + name));
        }

        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("client.released")
                    .put("version", version)
                    .put("from", from.toString());
            var object = json.putObject("files");
            files.forEach(object::put);
            return CanonicalJson.write(json);
        }
    }

    /// `{"from":"2016-11-23T09:00:00Z","quorum":1,"type":"witnesses.named","v":1,"witnesses":["<vkey>"]}`:
    /// from that moment on these are the witnesses of both logs, and so many of them must have cosigned a
    /// checkpoint. The keys are sorted.
    record WitnessesNamed(WitnessPolicy policy, Instant from) implements RegisterLeaf {
        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("witnesses.named")
                    .put("quorum", policy.quorum())
                    .put("from", from.toString());
            policy.vkeys().forEach(json.putArray("witnesses")::add);
            return CanonicalJson.write(json);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WitnessesNamed that && policy.saysTheSameAs(that.policy) && from.equals(that.from);
        }

        @Override
        public int hashCode() {
            return from.hashCode();
        }
    }

    /// `{"from":"2016-11-23T09:00:00Z","relay":{"key":"<base64>","operator","url"},"type":"relay.named","v":1}`:
    /// from that moment on clients send what they cast through this relay, sealed to this key.
    /// `"relay":null`: there is none.
    record RelayNamed(@Nullable Relay relay, Instant from) implements RegisterLeaf {
        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("relay.named").put("from", from.toString());
            if (relay == null) json.putNull("relay");
            else relay.write(json.putObject("relay"));
            return CanonicalJson.write(json);
        }
    }
}
