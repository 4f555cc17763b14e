import assert from "node:assert/strict";
import { test } from "node:test";
import { identityOf, readAddress, readCode } from "../src/book";

const campuses = [
  { id: "tufts.edu", domains: ["tufts.edu"], separateDomains: [] },
  { id: "usc.edu", domains: ["usc.edu", "isi.edu"], separateDomains: ["med.usc.edu"] },
];

function identity(address: string, ...folds: string[]): string {
  const read = readAddress(address, campuses);
  if (typeof read === "string") return read;
  const roll = { id: "usc.edu", campuses: ["usc.edu"], domains: ["usc.edu", "isi.edu"], separateDomains: ["med.usc.edu"], folds };
  return identityOf(roll, read);
}

test("all spellings of an address have one identity", () => {
  for (const spelling of ["ada@usc.edu", " Ada@USC.edu ", "ada+list@usc.edu", "ada+@usc.edu", "ADA@isi.edu"]) {
    assert.equal(identity(spelling), "ada@usc.edu");
  }
});

test("different names have different identities", () => {
  assert.equal(identity("Ada+x@med.usc.edu"), "ada@med.usc.edu");
  assert.notEqual(identity("ada.l@usc.edu"), identity("ada@usc.edu"));
  assert.equal(identity("o'neil_a-b@usc.edu"), "o'neil_a-b@usc.edu");
});

test("what the campus folds does not count, as in the server", () => {
  assert.equal(identity("b.o-b+x@isi.edu", "dots"), "bo-b@usc.edu");
  assert.equal(identity("b.o-b+x@usc.edu", "hyphen-tag"), "b.o@usc.edu");
  assert.equal(identity("b.o-b.c-d+x@usc.edu", "dots", "hyphen-tag"), "bo@usc.edu");
  assert.equal(identity("-bob@usc.edu", "hyphen-tag"), "-bob@usc.edu");
  assert.equal(identity("--bob@usc.edu", "hyphen-tag"), "--bob@usc.edu");
});

test("an address that mail servers read in different ways is refused", () => {
  for (const local of ["bob%host", "host!bob", "bob%localhost", '"bob"', "bob(x)", "bob+a+b", "bób", "bob=x", "b/ob"]) {
    assert.equal(identity(`${local}@usc.edu`), "emailCharacters", local);
  }
  for (const local of [".bob", "bob.", "b..ob", "bob.+x"]) assert.equal(identity(`${local}@usc.edu`), "emailBad", local);
  for (const text of ["bob", "@usc.edu", "bob@", "b ob@usc.edu", "bob@usc", "bob@usc.edu."]) assert.equal(identity(text), "emailBad", text);
});

test("a sub-domain of a campus is another place", () => {
  for (const domain of ["math.usc.edu", "alumni.usc.edu", "xusc.edu", "nowhere.example"]) {
    assert.equal(identity(`ada@${domain}`), "emailElsewhere", domain);
  }
});

test("a code is read as it is typed or pasted", () => {
  for (const typed of ["7K3M9QX0", "7k3m 9qx0", "    7K3M 9QX0\n", "7K3M-9QXO", "\u00a07K3M\u200b9QX0"]) {
    assert.equal(readCode(typed), "7K3M9QX0", typed);
  }
  assert.equal(readCode("iLo0 IlO0"), "11001100");
  for (const typed of ["", "7K3M9QX", "7K3M9QX00", "7K3M9QXU", "7K3M9QX?"]) assert.equal(readCode(typed), undefined, typed);
});
