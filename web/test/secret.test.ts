import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decodeQR } from "qr/decode.js";
import { encodeQR } from "qr";
import { blind, finalize } from "../src/blindrsa";
import { base64, concat, hex, unhex, type Bytes } from "../src/bytes";
import { sha256 } from "../src/crypto";
import { parseIssuerKey, type IssuerKey } from "../src/manifest";
import { derive, qrText, readRecoveryCode, recoveryCode } from "../src/secret";

const SECRET = unhex("000102030405060708090a0b0c0d0e0f");
const CODE = "000G 40R4 0M30 E209 185G R38E 1Z5N";
const CHALLENGE = unhex("11".repeat(32));
const KEY_ID = unhex("22".repeat(32));

// The same values as in BookSecretTest; they come from another implementation (Python's hmac).
test("seed, salt and factor are as the protocol says", async () => {
  assert.equal(hex(await derive(SECRET, "seed", CHALLENGE, KEY_ID, "", 32)), "9c78a94b91fe58cf8643888f2602401d71655e17dec734c650f9e6c007f5709f");
  assert.match(hex(await derive(SECRET, "salt", CHALLENGE, KEY_ID, "", 48)), /^e629b1139d5539f9472c135e6418d223.*99f18982cc328a7b$/);
  assert.match(hex(await derive(SECRET, "factor", CHALLENGE, KEY_ID, "ada@tufts.edu", 272)), /^ba40ace9f2c62ffc6c28e9f193820af3.*807ed360251d$/);
});

test("a recovery code is read as it is typed, pasted or scanned", async () => {
  assert.equal(await recoveryCode(SECRET), CODE);
  for (const typed of [CODE, CODE.toLowerCase(), ` ${CODE.replaceAll(" ", "-")}\n`, CODE.replaceAll("0", "o").replaceAll("1", "l"), qrText(CODE)]) {
    assert.deepEqual(await readRecoveryCode(typed), SECRET, typed);
  }
  const high = unhex("ff".repeat(16));
  assert.deepEqual(await readRecoveryCode(await recoveryCode(high)), high);
});

test("a slip of the pen in a recovery code is noticed", async () => {
  for (let i = 0; i < CODE.length; i++) {
    if (CODE[i] === " ") continue;
    assert.equal(await readRecoveryCode(CODE.slice(0, i) + (CODE[i] === "7" ? "8" : "7") + CODE.slice(i + 1)), "recoveryWrong");
  }
  for (const typed of ["", `${CODE}0`, CODE.slice(1)]) assert.equal(await readRecoveryCode(typed), "recoveryLength");
  assert.equal(await readRecoveryCode(CODE.replace("G", "U")), "recoveryWrong");
});

/** An issuer's key, and what it does to a blinded message (RFC 9474 §4.3). */
async function issuer(): Promise<{ key: IssuerKey; sign: (blinded: Bytes) => Bytes }> {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = pair.privateKey.export({ format: "jwk" });
  const number = (text: string): bigint => BigInt(`0x${Buffer.from(text, "base64url").toString("hex")}`);
  const head = unhex(
    "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648" +
      "016503040202a2030201300382010f003082010a0282010100",
  );
  const key = await parseIssuerKey(base64(concat(head, new Uint8Array(Buffer.from(jwk.n!, "base64url")), unhex("0203010001"))));
  const sign = (blinded: Bytes): Bytes => {
    let [base, exponent, result] = [BigInt(`0x${hex(blinded)}`), number(jwk.d!), 1n];
    for (const n = number(jwk.n!); exponent > 0n; exponent >>= 1n, base = (base * base) % n) {
      if (exponent & 1n) result = (result * base) % n;
    }
    return unhex(result.toString(16).padStart(512, "0"));
  };
  return { key, sign };
}

test("a blinded message is signed unseen, and the same factor makes the same request", async () => {
  const { key, sign } = await issuer();
  const message = await sha256(KEY_ID);
  const salt = await derive(SECRET, "salt", CHALLENGE, KEY_ID, "", 48);
  const factorOf = (who: string): Promise<Bytes> => derive(SECRET, "factor", CHALLENGE, KEY_ID, who, 272);
  const ada = await blind(key, message, salt, await factorOf("ada"));
  const bob = await blind(key, message, salt, await factorOf("bob"));

  assert.deepEqual(await blind(key, message, salt, await factorOf("ada")), ada);
  assert.notDeepEqual(bob.blinded, ada.blinded);
  const signature = await finalize(key, message, sign(ada.blinded), ada.inverse);
  assert.deepEqual(await finalize(key, message, sign(bob.blinded), bob.inverse), signature); // one token, whoever draws it
  await assert.rejects(finalize(key, message, sign(ada.blinded), bob.inverse), /does not verify/);
  await assert.rejects(finalize(key, await sha256(message), sign(ada.blinded), ada.inverse), /does not verify/);
  await assert.rejects(blind(key, message, salt.slice(1), await factorOf("ada")), /48 bytes/);
  await assert.rejects(blind(key, message, salt, new Uint8Array(272)), /not coprime/);
});

test("the picture of a recovery code is read back", () => {
  const scale = 4;
  const modules = encodeQR(qrText(CODE), "raw", { border: 4 });
  const width = modules.length * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      if (modules[Math.floor(y / scale)]![Math.floor(x / scale)]!) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  assert.equal(decodeQR({ width, height: width, data }), "UNDERSIGNED:000G40R40M30E209185GR38E1Z5N");
});

/** The vectors of RFC 9578 §A.2: one group of `name=hex` lines for each. */
function vectors(): Map<string, Bytes>[] {
  const groups = readFileSync("../privacypass/src/test/resources/rfc9578-appendix-a2.txt", "utf8").split(/\n\s*\n/);
  return groups
    .map((group) => new Map([...group.matchAll(/^(\w+)=([0-9a-f]+)$/gm)].map(([, name, value]) => [name!, unhex(value!)])))
    .filter((vector) => vector.has("blind"));
}

test("blinding and unblinding are as published in RFC 9578", async () => {
  assert.ok(vectors().length >= 4);
  for (const vector of vectors()) {
    const of = (name: string): Bytes => vector.get(name)!;
    const key = await parseIssuerKey(base64(of("pkS")));
    const token = of("token");
    const input = token.slice(0, 98);

    const { blinded, inverse } = await blind(key, input, of("salt"), of("blind"));

    assert.deepEqual(blinded, of("token_request").slice(3));
    assert.deepEqual(await finalize(key, input, of("token_response"), inverse), token.slice(98));
  }
});
