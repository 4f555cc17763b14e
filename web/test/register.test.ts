import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, u16, utf8, type Bytes } from "../src/bytes";
import { canonical } from "../src/manifest";
import { Register } from "../src/register";
import { leafHash, merkleRoot, nodeHash, parseBundle } from "../src/tlog";

const OPENS = "2016-11-23T09:00:00Z";
const CLOSES = "2016-12-23T09:00:00Z";
const NOW = Date.parse("2016-12-01T00:00:00Z");

const leaf = (json: object): Bytes => utf8(canonical({ v: 1, ...json }));

const opened = (box: string, path: string, more: object = {}): Bytes =>
  leaf({ type: "box.opened", box, subject: { path, text_sha256: box }, campus: "a.edu", campaign: "lights", opens: OPENS, closes: CLOSES, ...more });

const superseded = (box: string, by: string): Bytes => leaf({ type: "box.superseded", box, by, at: OPENS });

const rules = (campus: string, campuses: string[], domains: string[]): Bytes =>
  leaf({ type: "roll.rules", campus, campuses, domains, separate_domains: [], folds: ["case", "plus-tag"] });

const boxes = (register: Register, ...campuses: string[]): string[] => register.book(new Set(campuses), NOW).map(({ box }) => box);

test("a page has one current box; a second one is refused, and the leaf is named", () => {
  const register = new Register([opened("a", "/p/a"), opened("b", "/p/b")]);
  assert.equal(register.current("/p/a")?.box, "a");
  assert.equal(register.current("/p/c"), undefined);
  assert.throws(() => new Register([opened("a", "/p/a"), opened("b", "/p/a")]), /leaf 1: box b is a second box for \/p\/a/);
  assert.throws(() => new Register([opened("a", "/p/a"), opened("a", "/p/b")]), /leaf 1: box a is opened twice/);
});

test("after a box has closed, its page may have another", () => {
  const register = new Register([opened("a", "/p/a"), opened("b", "/p/a", { opens: CLOSES, closes: "2017-01-01T00:00:00Z" })]);
  assert.equal(register.current("/p/a")?.box, "b");
});

test("a superseded box is not current, and may become current again", () => {
  const first = [opened("a", "/p/a"), superseded("a", "b"), opened("b", "/p/a")];
  assert.equal(new Register(first).current("/p/a")?.box, "b");
  assert.equal(new Register([...first, superseded("b", "a")]).current("/p/a")?.box, "a");
  assert.throws(() => new Register([...first, superseded("a", "b")]), /leaf 3: box a is not a current box/);
});

test("the words of a box have no second box while it is open, also after it was superseded", () => {
  const again = opened("c", "/p/a", { subject: { path: "/p/a", text_sha256: "a" } });
  const leaves = [opened("a", "/p/a"), superseded("a", "c"), again];
  assert.throws(() => new Register(leaves), /leaf 2: box c is a second box for the words of box a/);
});

test("a domain that two rolls claim belongs to neither", () => {
  const register = new Register([rules("a.edu", ["a.edu"], ["a.edu"]), rules("x", ["x"], ["a.edu"])]);
  assert.throws(() => register.rollOf("x", "a.edu"), /does not say that a.edu is of x/);
});

test("a superseding leaf names a box of the same page, which the register opens", () => {
  assert.throws(() => new Register([opened("a", "/p/a"), superseded("a", "b")]), /leaf 1: box b for \/p\/a is not in the register/);
  assert.throws(() => new Register([opened("a", "/p/a"), superseded("a", "b"), opened("c", "/p/a")]), /leaf 2: leaf 1 names another/);
  assert.throws(() => new Register([opened("a", "/p/a"), opened("b", "/p/b"), superseded("a", "b")]), /leaf 2: box b is of another page/);
});

test("a book has every open box of the campuses and of their campaigns", () => {
  const register = new Register([
    opened("own", "/p/a"),
    opened("others", "/p/b", { campus: "b.edu", campaign: "walks" }),
    opened("all", "/p/c", { campus: "*" }),
    opened("all-of-others", "/p/d", { campus: "*", campaign: "walks" }),
    opened("later", "/p/e", { opens: CLOSES, closes: "2017-01-01T00:00:00Z" }),
    opened("none", "/p/f", { campus: "*", campaign: null }),
    rules("a.edu", ["a.edu"], ["a.edu"]),
    rules("a.edu", ["a.edu", "b.edu"], ["a.edu", "b.edu"]),
    rules("c.edu", ["c.edu"], ["c.edu"]),
    leaf({ type: "weather.noted" }),
    utf8('{"type":"box.opened","v":2}'),
  ]);
  assert.deepEqual(boxes(register, "a.edu"), ["own", "all"]);
  assert.deepEqual(boxes(register, "a.edu", "b.edu"), ["own", "others", "all", "all-of-others"]);
  assert.deepEqual(register.rollOf("a.edu").campuses, ["a.edu", "b.edu"]);
  assert.deepEqual(register.rollOf("a.edu", "b.edu").campuses, ["a.edu", "b.edu"]);
  assert.throws(() => register.rollOf("d.edu"), /does not say who belongs to d.edu/);
  assert.throws(() => register.rollOf("a.edu", "c.edu"), /does not say that c.edu is of a.edu/);
  assert.throws(() => register.rollOf("a.edu", "math.a.edu"), /does not say that math.a.edu is of a.edu/);
});

test("the root of a tree of any size is that of RFC 6962", async () => {
  const hashes = await Promise.all([0, 1, 2, 3, 4].map((n) => leafHash(Uint8Array.of(n))));
  const [a, b, c, d, e] = hashes as [Bytes, Bytes, Bytes, Bytes, Bytes];
  assert.deepEqual(await merkleRoot([a]), a);
  assert.deepEqual(await merkleRoot([a, b, c]), await nodeHash(await nodeHash(a, b), c));
  const four = await nodeHash(await nodeHash(a, b), await nodeHash(c, d));
  assert.deepEqual(await merkleRoot(hashes), await nodeHash(four, e));
  assert.equal((await merkleRoot([])).length, 32);
});

test("a bundle is a list of entries, each after its length", () => {
  const long = new Uint8Array(300).fill(7) as Bytes;
  assert.deepEqual(parseBundle(concat(u16(300), long, u16(0), u16(1), Uint8Array.of(9))), [long, new Uint8Array(), Uint8Array.of(9)]);
  assert.throws(() => parseBundle(Uint8Array.of(0, 2, 1)), /within an entry/);
  assert.throws(() => parseBundle(Uint8Array.of(0)), /within an entry/);
});

test("a key of the gateway stands for six days, so that none is for one person", () => {
  const named = (key: string | null, day: number, operator = "One"): Bytes =>
    leaf({ type: "relay.named", from: `2016-11-${10 + day}T09:00:00Z`, relay: key === null ? null : { key, operator, url: "https://r.example/a" } });
  assert.equal(new Register([]).relay(), undefined);
  assert.equal(new Register([named("a", 0), named("b", 6)]).relay()?.key, "b");
  assert.equal(new Register([named("a", 0), named("a", 1, "Another")]).relay()?.operator, "Another");
  assert.equal(new Register([named("a", 0), named(null, 1)]).relay(), undefined);
  assert.throws(() => new Register([named("a", 0), named("b", 5)]), /leaf 1: the gateway's key is replaced/);
  assert.throws(() => new Register([named("a", 0), named(null, 1), named("b", 2)]), /leaf 2: the gateway's key is replaced/);
});
