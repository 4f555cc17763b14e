import assert from "node:assert/strict";
import { test } from "node:test";
import { identity } from "../src/book";

test("all spellings of an address have one identity", () => {
  const domains = ["usc.edu", "isi.edu"];
  for (const spelling of ["ada@usc.edu", "Ada@USC.edu", "ada+list@usc.edu", "ADA@isi.edu"]) {
    assert.equal(identity(spelling, domains), "ada@usc.edu");
  }
});

test("different addresses have different identities", () => {
  const domains = ["usc.edu", "isi.edu"];
  assert.equal(identity("ada@math.usc.edu", domains), "ada@math.usc.edu");
  assert.equal(identity("+ada@usc.edu", domains), "+ada@usc.edu");
  assert.notEqual(identity("ada.l@usc.edu", domains), identity("ada@usc.edu", domains));
});
