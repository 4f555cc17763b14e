// Makes two SVG paths of the United States from us-atlas (Census Bureau cartographic boundaries, public domain),
// which is already projected to Albers USA in a space of 975 by 610. Points are rounded to half units, so that the
// file is small.
import { createRequire } from "node:module";
import { mesh } from "topojson-client";

const us = createRequire(import.meta.url)("us-atlas/states-albers-10m.json");
const STEP = 0.5;
const SHORTEST = 2;

function path({ coordinates }) {
  const lines = [];
  for (const line of coordinates) {
    const points = [];
    for (const [x, y] of line) {
      const point = [Math.round(x / STEP) * STEP, Math.round(y / STEP) * STEP];
      const last = points.at(-1);
      if (last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) >= SHORTEST) points.push(point);
    }
    if (points.length > 1) {
      const [first, ...rest] = points;
      let [x, y] = first;
      let d = `M${x},${y}l`;
      d += rest
        .map(([nx, ny]) => {
          const step = `${nx - x},${ny - y}`;
          [x, y] = [nx, ny];
          return step;
        })
        .join(" ");
      lines.push(d);
    }
  }
  return lines.join("");
}

export const outline = () => ({
  nation: path(mesh(us, us.objects.nation)),
  borders: path(mesh(us, us.objects.states, (a, b) => a !== b)),
});
