import assert from "node:assert/strict";
import { test } from "node:test";
import { HEIGHT, nearest, View, WIDTH } from "../src/view";

test("moving or zooming out the whole map changes nothing and returns false", () => {
  const view = new View();
  assert.equal(view.move(0.2, 0), false);
  assert.equal(view.zoom(2), false);
  assert.equal(view.showWhole(), false);
  assert.equal(view.toString(), `0 0 ${WIDTH} ${HEIGHT}`);
});

test("zooming to a spot centers it as far as the map's edges allow", () => {
  const view = new View();
  assert.equal(view.zoom(0.5, { x: 400, y: 300 }), true);
  assert.deepEqual(view.middle, { x: 400, y: 300 });
  view.zoom(0.5, { x: 0, y: 0 });
  assert.deepEqual([view.x, view.y], [0, 0]);
  assert.equal(view.contains({ x: 0, y: 0 }), true);
});

test("repeated fitting shows every spot and zooms in until the closest view", () => {
  const view = new View();
  const spots = [{ x: 880, y: 200 }, { x: 884, y: 203 }];
  let looks = 0;
  for (let before = view.scale; view.fit(spots); before = view.scale) {
    if (looks++ > 0) assert.ok(view.scale <= before);
    assert.ok(spots.every((one) => view.contains(one)));
    assert.ok(looks < 20);
  }
  assert.ok(looks > 0);
  assert.ok(4 / (WIDTH * view.scale) > 0.5, "the two are far apart now");
});

test("fitting spots at one place reaches the closest view", () => {
  const view = new View();
  while (view.fit([{ x: 880, y: 200 }, { x: 880, y: 200 }]));
  assert.ok(view.isClosest);
});

test("the view never leaves the map", () => {
  const view = new View();
  view.zoom(0.1, { x: WIDTH, y: HEIGHT });
  for (let i = 0; i < 20; i++) view.move(1, 1);
  assert.ok(Math.abs(view.x - WIDTH * 0.9) < 1e-9);
  assert.ok(Math.abs(view.y - HEIGHT * 0.9) < 1e-9);
  assert.equal(view.move(1, 1), false);
});

test("nearest returns the nearest spot, or undefined if there are no spots", () => {
  assert.deepEqual(nearest([{ x: 0, y: 0 }, { x: 9, y: 9 }], { x: 8, y: 8 }), { x: 9, y: 9 });
  assert.equal(nearest([], { x: 8, y: 8 }), undefined);
});

test("pinching keeps the spots under the fingers", () => {
  const view = new View();
  view.pinch(0.5, { x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 });
  assert.deepEqual(view.middle, { x: WIDTH / 2, y: HEIGHT / 2 });
  view.pinch(1, { x: 0.5, y: 0.5 }, { x: 0.25, y: 0.75 });
  assert.deepEqual([view.x, view.y], [WIDTH * 0.375, HEIGHT * 0.125]);
  const spot = { x: view.x + 0.2 * WIDTH * view.scale, y: view.y + 0.7 * HEIGHT * view.scale };
  assert.equal(view.pinch(0.25, { x: 0.2, y: 0.7 }, { x: 0.2, y: 0.7 }), true);
  assert.ok(Math.hypot(view.x + 0.2 * WIDTH * view.scale - spot.x, view.y + 0.7 * HEIGHT * view.scale - spot.y) < 1e-9);
  view.pinch(100, { x: 0, y: 0 }, { x: 1, y: 1 });
  assert.equal(view.isWhole, true);
});
