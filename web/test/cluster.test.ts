import assert from "node:assert/strict";
import { test } from "node:test";
import { cluster, type Point } from "../src/cluster";

const at = (id: string, x: number, y: number): Point => ({ id, x, y, href: `/c/${id}`, label: id, filled: false });

test("points closer than the distance are in one cluster", () => {
  const points = [at("a", 0, 0), at("b", 10, 0), at("c", 100, 0), at("d", 5, 5)];
  assert.deepEqual(
    cluster(points, 30).map((one) => one.map((point) => point.id)),
    [["a", "b", "d"], ["c"]],
  );
});

test("a smaller distance separates points and loses none", () => {
  const points = [at("a", 0, 0), at("b", 10, 0), at("c", 100, 0)];
  assert.equal(cluster(points, 5).length, 3);
  assert.equal(cluster(points, 1000).flat().length, 3);
});
