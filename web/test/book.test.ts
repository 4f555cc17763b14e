import assert from "node:assert/strict";
import { test } from "node:test";
import { identity } from "../src/book";

test("however an address is written, a repeated draw is known as one", () => {
  const domains = ["usc.edu", "isi.edu"];
  for (const way of ["ada@usc.edu", "Ada@USC.edu", "ada+list@usc.edu", "ADA@isi.edu"]) {
    assert.equal(identity(way, domains), "ada@usc.edu");
  }
});

test("who is somebody else stays somebody else", () => {
  const domains = ["usc.edu", "isi.edu"];
  assert.equal(identity("ada@math.usc.edu", domains), "ada@math.usc.edu");
  assert.equal(identity("+ada@usc.edu", domains), "+ada@usc.edu");
  assert.notEqual(identity("ada.l@usc.edu", domains), identity("ada@usc.edu", domains));
});
