/** RFC 9458 appendix A, and what a client must refuse. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hex, unhex, utf8 } from "../src/bytes";
import { binaryRequest, isSupported, open, parseResponse, seal } from "../src/ohttp";

const PUBLIC = "31e1f05a740102115220e9af918f738674aec95f54db6e04eb705aae8e798155";
const CONFIG = unhex(`010020${PUBLIC}000400010001`);
const REQUEST = unhex("00034745540568747470730b6578616d706c652e636f6d012f");
const EPHEMERAL = "bc51d5e930bda26589890ac7032f70ad12e4ecb37abb1b65b1256c9c48999c73";
const ENCAPSULATED =
  "010020000100014b28f881333e7c164ffc499ad9796f877f4e1051ee6d31bad19dec96c208b472" +
  "6374e469135906992e1268c594d2a10c695d858c40a026e7965e7d86b83dd440b2c0185204b4d63525";
const RESPONSE = unhex("c789e7151fcba46158ca84b04464910d86f9013e404feea014e7be4a441f234f857fbd");

async function ephemeral(): Promise<CryptoKeyPair> {
  const privateKey = await crypto.subtle.importKey("pkcs8", unhex(`302e020100300506032b656e04220420${EPHEMERAL}`), "X25519", true, ["deriveBits"]);
  const { d: _, key_ops: __, ...publicJwk } = await crypto.subtle.exportKey("jwk", privateKey);
  return { privateKey, publicKey: await crypto.subtle.importKey("jwk", publicJwk, "X25519", true, []) };
}

test("a request is sealed as published", async () => {
  assert.equal(hex((await seal(CONFIG, REQUEST, await ephemeral())).request), ENCAPSULATED);
});

test("a response is opened as published, and no other", async () => {
  const sealed = await seal(CONFIG, REQUEST, await ephemeral());
  const response = await open(sealed, RESPONSE);
  assert.equal(hex(response), "0140c8");
  assert.deepEqual(parseResponse(response), { status: 200, content: new Uint8Array(0) });
  const changed = RESPONSE.slice();
  changed[20]! ^= 1;
  await assert.rejects(open(sealed, changed), /does not open/);
  await assert.rejects(open(await seal(CONFIG, REQUEST), RESPONSE), /does not open/);
  await assert.rejects(open(sealed, RESPONSE.slice(0, 10)), /does not open/);
});

test("two requests with the same content share nothing but their key's id", async () => {
  const [one, other] = [await seal(CONFIG, REQUEST), await seal(CONFIG, REQUEST)];
  assert.equal(hex(one.request.slice(0, 7)), hex(other.request.slice(0, 7)));
  assert.notEqual(hex(one.request.slice(7, 39)), hex(other.request.slice(7, 39)));
  assert.notEqual(hex(one.secret), hex(other.secret));
});

test("a key of another kind, or of small order, is refused", async () => {
  for (const config of [unhex(`010010${PUBLIC}000400010001`), unhex(`010020${PUBLIC}000400010003`), CONFIG.slice(1), unhex(`010020${"00".repeat(32)}000400010001`)]) {
    await assert.rejects(seal(config, REQUEST));
  }
});

test("a binary request is padded to its size, and one that is too long is refused", () => {
  const request = binaryRequest("a.example", "/box", utf8("x".repeat(100)), 256);
  assert.equal(hex(request.slice(0, 32)), "0004504f5354056874747073" + "09612e6578616d706c65" + "042f626f78" + "00" + "4064" + "7878");
  assert.equal(request.length, 256);
  assert.equal(hex(request.slice(-20)), "00".repeat(20));
  assert.throws(() => binaryRequest("a.example", "/box", utf8("x".repeat(300)), 256), /too long/);
});

test("a malformed response is refused", () => {
  for (const text of ["", "0040c80000", "0140c801", "0140c80005", "0180000000"]) {
    assert.throws(() => parseResponse(unhex(text)), /malformed/, text);
  }
});

test("this platform has X25519", async () => assert.ok(await isSupported()));
