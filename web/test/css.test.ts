import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync("css/site.css", "utf8");

test("every font size is on the type scale (docs/DESIGN.md)", () => {
  const scale = ["0.85rem", "0.95rem", "1rem", "1.15rem", "1.3rem", "1.9rem", "2.4rem", "2.8rem"];
  const sizes = [...css.matchAll(/font-size: ([^;}]+)/g), ...css.matchAll(/font: ([0-9.]+rem)/g)].map((one) => one[1]!.trim());
  assert.ok(sizes.length > 20);
  assert.deepEqual(
    [...new Set(sizes)].filter((size) => !scale.includes(size) && !size.endsWith("pt")),
    [],
  );
});

test("CSS uses logical properties, not left and right", () => {
  assert.deepEqual(css.match(/[{;\s](margin|padding|border)-(left|right)[-:]|[{;\s](left|right):|text-align: (left|right)|float:/g) ?? [], []);
});
