import assert from "node:assert/strict";
import { test } from "node:test";
import { base64, concat, equal, hex, unbase64, unhex, utf8, type Bytes } from "../src/bytes";
import { keyPair, sha256, sign, verify } from "../src/crypto";
import { ENTRY_SIZE, entry, pad, statement, withdrawal } from "../src/entry";
import { canonical, importIssuerKey, parseIssuerKey, parseManifest } from "../src/manifest";
import { openNote, parseNote, parseVerifier, verifier } from "../src/note";

const SEED = unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

async function note(text: string): Promise<{ note: string; key: Awaited<ReturnType<typeof verifier>> }> {
  const { publicKey } = await keyPair(SEED);
  const key = await verifier("example.org/log", publicKey);
  const signature = await sign(SEED, utf8(text));
  return { note: `${text}\n\u2014 ${key.name} ${base64(concat(key.keyId, signature))}\n`, key };
}

test("base64 that is not canonical, or of another length, is refused", () => {
  assert.deepEqual(unbase64("AAE="), Uint8Array.of(0, 1));
  assert.throws(() => unbase64("AAF="));
  assert.throws(() => unbase64("AAE=", 3), /there must be 3 bytes/);
});

test("Ed25519 matches the test vector of RFC 8032 section 7.1", async () => {
  const pair = await keyPair(SEED);
  assert.equal(hex(pair.publicKey), PUBLIC);
  const signature = await sign(SEED, new Uint8Array(0));
  assert.equal(
    hex(signature),
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  );
  assert.equal(await verify(pair.publicKey, signature, new Uint8Array(0)), true);
  assert.equal(await verify(pair.publicKey, signature, utf8("x")), false);
  assert.equal(await verify(new Uint8Array(31), signature, new Uint8Array(0)), false);
  assert.equal(await verify(pair.publicKey, signature.slice(1), new Uint8Array(0)), false);
});

test("a signed note is accepted; a changed note or another key is refused", async () => {
  const made = await note("hello\n");
  assert.equal(await openNote(made.note, made.key), "hello\n");
  await assert.rejects(openNote(made.note.replace("hello", "jello"), made.key), /wrong signature/);
  const stranger = await verifier("example.org/log", (await keyPair(new Uint8Array(32))).publicKey);
  await assert.rejects(openNote(made.note, stranger), /not signed by/);
});

test("malformed notes and keys are refused", async () => {
  for (const bad of ["", "hello\n", "hello\n\n- a AAAA\n", "hello\n\n\u2014 a AAAA\n", "hello\n\n\u2014 a AAAAAAB=\n"]) {
    assert.throws(() => parseNote(bad), Error, bad);
  }
  await assert.rejects(parseVerifier("nonsense"));
  await assert.rejects(parseVerifier(`a+00000000+${base64(concat(Uint8Array.of(1), new Uint8Array(32)))}`), /key id does not match the key/);
});

test("canonical JSON sorts members and accepts only integers", () => {
  assert.equal(canonical({ b: [1, null, "é\n"], a: { d: true, c: "x" } }), '{"a":{"c":"x","d":true},"b":[1,null,"é\\n"]}');
  assert.throws(() => canonical({ a: 0.5 }), /integers/);
});

/** The SPKI of a new issuer key. */
async function issuerSpki(): Promise<Bytes> {
  const keys = await crypto.subtle.generateKey(
    { name: "RSA-PSS", hash: "SHA-384", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ["sign", "verify"],
  );
  const jwk = await crypto.subtle.exportKey("jwk", keys.publicKey);
  const modulus = Uint8Array.from(Buffer.from(jwk.n!, "base64url"));
  const head = unhex(
    "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648" +
      "016503040202a2030201300382010f003082010a0282010100",
  );
  return concat(head, modulus, unhex("0203010001"));
}

function manifest(): Record<string, unknown> {
  const box = "abcdefghijklmnopqrstuvwxyz";
  return {
    type: "box.opened",
    v: 1,
    box,
    subject: { kind: "petition", path: "/p/x", text_sha256: "00".repeat(32) },
    campus: "tufts.edu",
    campaign: null,
    origin: `sign.example/box/${box}`,
    issuer: "sign.example",
    classes: [{ name: "member", token_key_id: "11".repeat(32) }],
    affiliations: ["student"],
    opens: "2016-11-09T05:00:00Z",
    closes: "2016-12-19T05:00:00Z",
    publish: { min_batch: 10, interval_s: 60, max_delay_s: 86400 },
  };
}

test("a manifest is parsed; its challenge contains issuer, manifest digest and host", async () => {
  const json = manifest();
  const leaf = utf8(canonical(json));
  const read = await parseManifest(leaf);
  assert.equal(read.host, "sign.example");
  const challenge = concat(
    Uint8Array.of(0, 2, 0, 12),
    utf8("sign.example"),
    Uint8Array.of(32),
    await sha256(leaf),
    Uint8Array.of(0, 12),
    utf8("sign.example"),
  );
  assert.deepEqual(read.challengeDigest, await sha256(challenge));
  assert.deepEqual(read.classes, [{ name: "member", keyId: new Uint8Array(32).fill(0x11) }]);
});

test("a manifest is refused if it is not canonical, or has another version, origin or key id", async () => {
  const json = manifest();
  await assert.rejects(parseManifest(utf8(JSON.stringify(json))), /canonical/);
  await assert.rejects(parseManifest(utf8(canonical({ ...json, v: 2 }))), /version 1/);
  await assert.rejects(parseManifest(utf8(canonical({ ...json, origin: "sign.example/box/b" }))), /origin/);
  await assert.rejects(
    parseManifest(utf8(canonical({ ...json, classes: [{ name: "member", token_key_id: "11" }] }))),
    /token_key_id/,
  );
});

test("an issuer key is an RSA-2048 key for blind signatures, and its id is the SHA-256 of its SPKI", async () => {
  const spki = await issuerSpki();
  const key = await parseIssuerKey(base64(spki));
  assert.deepEqual(key.keyId, await sha256(spki));
  assert.equal((await importIssuerKey(key)).type, "public");
  spki[20]! ^= 1;
  await assert.rejects(parseIssuerKey(base64(spki)), /blind signatures/);
});

test("an entry has 484 bytes, a signature over its first 420, and 1024 bytes when padded", async () => {
  const keys = await keyPair(SEED);
  const token = new Uint8Array(354).fill(7) as Bytes;
  const statementBytes = statement(" Ada ", "For my friends.");
  const made = await entry(token, keys, 2, statementBytes);
  assert.equal(made.length, ENTRY_SIZE);
  const message = concat(utf8("undersigned/v1/entry\0"), made.slice(0, 420));
  assert.equal(await verify(keys.publicKey, made.slice(420), message), true);
  assert.deepEqual(made.slice(388, 420), await sha256(statementBytes));
  const padded = pad(made, statementBytes);
  assert.equal(padded.length, 1024);
  assert.equal((padded[484]! << 8) | padded[485]!, statementBytes.length);
  assert.ok(equal(padded.slice(486 + statementBytes.length), new Uint8Array(1024 - 486 - statementBytes.length)));
  const json = JSON.parse(new TextDecoder().decode(statementBytes)) as Record<string, string>;
  assert.equal(json.name, "Ada");
  assert.equal(json.salt!.length, 22);
});

test("blank name and comment give no statement; a long one is refused", async () => {
  assert.equal(statement(" ", "").length, 0);
  const made = await entry(new Uint8Array(354) as Bytes, await keyPair(SEED), 0, new Uint8Array(0));
  assert.ok(equal(made.slice(388, 420), new Uint8Array(32)));
  assert.throws(() => pad(made, new Uint8Array(481)), /at most 480/);
});

test("a statement contains no control characters", () => {
  const read = (statementBytes: Bytes): Record<string, string> =>
    JSON.parse(new TextDecoder().decode(statementBytes)) as Record<string, string>;
  const members = read(statement("Ada\u202e\nLovelace\u0007", "one\r\ntwo\u2028three\n\u001b[31m\n"));
  assert.equal(members.name, "Ada  Lovelace");
  assert.equal(members.comment, "one\ntwo three\n[31m");
  assert.equal(read(statement("محمد‏", "")).name, "محمد‏"); // a right-to-left mark is allowed
  assert.equal(statement("\u0000", "\u2029").length, 0);
});

test("a withdrawal has 129 bytes and verifies", async () => {
  const keys = await keyPair(SEED);
  const nonce = new Uint8Array(32).fill(9) as Bytes;
  const made = await withdrawal("sign.example/box/b", nonce, keys);
  assert.equal(made.length, 129);
  const message = concat(utf8("undersigned/v1/withdrawal\0sign.example/box/b\0"), nonce);
  assert.equal(await verify(keys.publicKey, made.slice(65), message), true);
});
