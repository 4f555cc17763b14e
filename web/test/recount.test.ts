import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../messages/recount.en.json";
import es from "../messages/recount.es.json";
import { base64, concat, hex, utf8, type Bytes } from "../src/bytes";
import { keyPair, random, sha256, sign } from "../src/crypto";
import { Cosignatures } from "../src/recount/cosignatures";
import { boxId, millis, parseCanonical } from "../src/recount/fields";
import { Finding, type Check } from "../src/recount/findings";
import { fiveFindings, verdict } from "../src/recount/fivefindings";
import { NonceTable } from "../src/recount/noncetable";
import { isCorrectFor, isReadAsValue, pageNumbers } from "../src/recount/pagenumber";
import { parseAddress } from "../src/recount/recordurl";
import type { Outcome } from "../src/recount/recount";
import { parseRegisterLeaf } from "../src/recount/registerleaf";
import { RunningRoot } from "../src/recount/runningroot";
import { parsePolicy } from "../src/recount/witnesspolicy";
import { leafHash, merkleRoot } from "../src/tlog";

/** The checks of a recount that goes to its end, in its order. */
const NAMES = [
  "register key", "register checkpoint", "register tree", "register leaves", "register cosignatures", "manifest", "page asked for",
  "ledger checkpoint", "ledger tree", "ledger leaves", "registered checkpoints", "ledger cosignatures", "text", "one box for each page",
  "witnesses", "box checkpoint", "box tree", "issuer keys", "entries", "withdrawals", "closed", "who counts", "signatures ≤ books", "books in person ≤ cards",
  "numbers on the page",
];

function outcome(checks: Check[], more: Partial<Outcome> = {}): Outcome {
  const log = { size: 1, root: null };
  const counts = [{ class: "member", count: 12, entries: 12, withdrawals: 0 }];
  const ok = checks.every((one) => one.ok);
  const report = { v: 1 as const, ok, host: "", box: "", path: "", register_key: "", register: log, ledger: log, log, counts, checks, totals: [], milliseconds: 1 };
  return { report, witnesses: ["witness.example"], bounds: [{ className: "member", books: 20, signed: 12, day: "2016-11-23" }], cards: undefined, ...more };
}

const all = (): Check[] => NAMES.map((name) => ({ name, ok: true, detail: "so" }));
const states = (of: Outcome): string => [...fiveFindings(of).map(({ state }) => state), verdict(fiveFindings(of), of)].join(" ");

test("each check belongs to exactly one of five findings", () => {
  const findings = fiveFindings(outcome(all()));
  assert.equal(findings.length, 5);
  assert.deepEqual(findings.flatMap(({ checks }) => checks.map(({ name }) => name)).sort(), [...NAMES].sort());
  assert.equal(states(outcome(all())), "good good good good good good");
});

test("one failed check makes its finding bad, and no other", () => {
  for (const name of NAMES) {
    const checks = all().map((one) => (one.name === name ? { ...one, ok: false } : one));
    const of = outcome(checks);
    assert.equal(fiveFindings(of).filter(({ state }) => state === "bad").length, 1, name);
    assert.equal(verdict(fiveFindings(of), of), "bad");
  }
});

test("what was not checked is never good", () => {
  const early = outcome(all().slice(0, 5), { bounds: [] });
  assert.ok(!states(early).includes("good"));
  const unchecked = all().map((one) => (one.name === "ledger cosignatures" ? { ...one, ok: false, isUnchecked: true } : one));
  assert.equal(states(outcome(unchecked)), "good good good good open open");
  assert.equal(states(outcome(all(), { witnesses: [] })), "good good good good open open");
  assert.equal(states(outcome(all(), { bounds: [] })), "good good good good open open");
  assert.equal(states(outcome(all(), { bounds: [{ className: "member", books: 11, signed: 12, day: "2016-11-23" }] })), "good good good good open open");
});

test("the texts are there in both languages with the same places", () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    const places = (of: string): string[] => (of.match(/\{\w+\}/g) ?? []).sort();
    assert.deepEqual(places(es[key as keyof typeof es]), places(text), key);
  }
});

test("only canonical JSON is read", () => {
  assert.deepEqual(parseCanonical(utf8('{"a":[1,null,"é"],"b":{}}')), { a: [1, null, "é"], b: {} });
  for (const bad of ['{"b":1,"a":2}', '{"a":1,"a":1}', '{"a": 1}', '{"a":1e3}', '{"a":-0}', '{"a":1.5}', '{"a":9007199254740992}', '"\\ud800"', '"\\u00e9"', "[".repeat(18) + "]".repeat(18), "", "\ufeff1", "1 "]) {
    assert.throws(() => parseCanonical(utf8(bad)), Error, bad);
  }
  assert.throws(() => parseCanonical(utf8('{"type":"x", "v":1}')), /not canonical JSON \(RFC 8785\) at byte 12/);
});

test("times and names of boxes have one form", () => {
  assert.equal(millis("2016-11-09T05:00:00Z"), Date.UTC(2016, 10, 9, 5));
  assert.equal(millis("2016-11-09T05:00:00.250Z"), Date.UTC(2016, 10, 9, 5, 0, 0, 250));
  for (const bad of ["2016-11-09", "2016-02-30T00:00:00Z", "2016-11-09T24:00:00Z", "2016-11-09T05:00:00.000Z", "2016-11-09T05:00:00+00:00"]) {
    assert.ok(Number.isNaN(millis(bad)), bad);
  }
  assert.equal(boxId("a".repeat(26)), "a".repeat(26));
  for (const bad of ["a".repeat(25), `${"a".repeat(25)}b`, `${"a".repeat(25)}1`]) assert.throws(() => boxId(bad), Error, bad);
});

test("a register leaf of a known type has exactly its members", async () => {
  const leaf = '{"at":"2016-11-23T09:00:00Z","box":"BOX","by":"BY","type":"box.superseded","v":1}'.replace("BOX", "a".repeat(26)).replace("BY", `${"a".repeat(25)}q`);
  assert.equal((await parseRegisterLeaf(utf8(leaf))).type, "box.superseded");
  assert.deepEqual(await parseRegisterLeaf(utf8(leaf.replace('"v":1', '"v":2'))), { type: "unknown", of: "box.superseded v2" });
  await assert.rejects(parseRegisterLeaf(utf8(leaf.replace('"v":1', '"v":1,"x":1'))), /register leaf.x is unknown/);
  await assert.rejects(parseRegisterLeaf(utf8(leaf.replace(`${"a".repeat(25)}q`, "a".repeat(26)))), /supersede itself/);
});

test("numbers of a page are found however their attributes stand", () => {
  const html = `<data value='1200' class="big count"
    data-size="1301" data-class="member" data-box="b">1,200</data> <data value="3">x</data><data class="count" value="7"><b>9</b></data>`;
  const [first, second, ...rest] = pageNumbers(html);
  assert.deepEqual(first, { box: "b", className: "member", size: 1301, value: "1200", read: "1,200" });
  assert.equal(second!.size, -1);
  assert.ok(isReadAsValue(first!) && !isReadAsValue(second!));
  assert.equal(rest.length, 0);
  assert.ok(isCorrectFor({ ...first!, value: "<10" }, 9) && !isCorrectFor({ ...first!, value: "<10" }, 10) && !isCorrectFor({ ...first!, value: "012" }, 12));
});

test("a hostile page is read in one go", () => {
  const start = performance.now();
  assert.deepEqual(pageNumbers("<data ".repeat(300_000) + "\"'".repeat(200_000)), []);
  assert.ok(performance.now() - start < 5_000);
});

test("a nonce counts once and is withdrawn once, also after the table has grown", async () => {
  const table = new NonceTable();
  const nonces = await Promise.all(Array.from({ length: 3_000 }, (_, i) => sha256(utf8(`nonce ${i}`))));
  for (const [i, nonce] of nonces.entries()) assert.ok(table.add(nonce, i % 3));
  for (const nonce of nonces) assert.ok(!table.add(nonce, 0));
  assert.equal(table.withdraw(nonces[7]!), 1);
  assert.equal(table.withdraw(nonces[7]!), "again");
  assert.equal(table.withdraw(await sha256(utf8("stranger"))), "unknown");
});

test("the running root is the root of RFC 6962 at every size", async () => {
  const hashes = await Promise.all(Array.from({ length: 1_100 }, (_, i) => leafHash(utf8(`leaf ${i}`))));
  const running = new RunningRoot();
  assert.deepEqual(await running.rootAt(0), await merkleRoot([]));
  for (let from = 0; from < hashes.length; ) {
    const to = Math.min(hashes.length, from % 256 === 100 ? from + 156 : Math.floor(from / 256) * 256 + (from % 256 === 0 ? 100 : 256));
    await running.add(hashes.slice(from, to));
    for (let size = from + 1; size <= to; size += size % 7 === 0 ? 1 : 5) assert.deepEqual(await running.rootAt(size), await merkleRoot(hashes.slice(0, size)), `${size}`);
    from = to;
  }
});

test("an address of a page is read, anything else refused", () => {
  assert.equal(parseAddress(" sign.example.org/p/x ").href, "https://sign.example.org/p/x");
  assert.equal(parseAddress("http://localhost:8080/p/x").href, "http://localhost:8080/p/x");
  for (const bad of ["", "javascript:alert(1)", "nothing at all", "ftp://a.example/", "https://a:b@c.example/", "word"]) assert.throws(() => parseAddress(bad), Error, bad);
});

const vkey = async (name: string, type: number, key: Bytes): Promise<string> => {
  const typed = concat(Uint8Array.of(type), key);
  return `${name}+${hex((await sha256(utf8(`${name}\n`), typed)).subarray(0, 4))}+${base64(typed)}`;
};

test("a cosignature that this program cannot verify is not checked, and a missing one fails", async () => {
  const { seed, publicKey } = await keyPair(random(32));
  const text = "a.example/register\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
  const time = new Uint8Array(8);
  const signature = await sign(seed, utf8(`cosignature/v1\ntime 0\n${text}`));
  const ed25519 = await vkey("one.example/witness", 4, publicKey);
  const mlDsa = await vkey("two.example/witness", 6, random(1312));
  const id = Uint8Array.from(ed25519.split("+")[1]!.match(/../g)!, (pair) => parseInt(pair, 16));
  const note = `${text}\n\u2014 one.example/witness ${base64(concat(id, time, signature))}\n`;
  const judged = async (quorum: number, vkeys: string[]): Promise<Check | undefined> => {
    const finding = new Finding("register cosignatures");
    await new Cosignatures("register", await parsePolicy(vkeys, quorum), finding).judge(note, 1);
    return finding.result();
  };
  assert.equal((await judged(1, [ed25519, mlDsa]))!.ok, true);
  const open = await judged(2, [ed25519, mlDsa]);
  assert.ok(!open!.ok && open!.isUnchecked && open!.detail.includes("ML-DSA-44"));
  const stranger = await vkey("three.example/witness", 4, (await keyPair(random(32))).publicKey);
  const failed = await judged(2, [ed25519, stranger]);
  assert.ok(!failed!.ok && !failed!.isUnchecked);
  await assert.rejects(parsePolicy([ed25519], 2), /the quorum is 2/);
  await assert.rejects(parsePolicy([ed25519, ed25519], 1), /share a key/);
});
