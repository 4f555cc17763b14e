/** A campus on the map: place, page, name, whether it is a full mark. */
export interface Point {
  id: string;
  x: number;
  y: number;
  href: string;
  label: string;
  filled: boolean;
}

/** Points nearer to each other than `near` stand together, as the server draws them for the whole map. */
export function cluster(points: Point[], near: number): Point[][] {
  const clusters: { x: number; y: number; points: Point[] }[] = [];
  for (const point of points) {
    const found = clusters.find((one) => Math.hypot(one.x - point.x, one.y - point.y) < near);
    if (found === undefined) {
      clusters.push({ x: point.x, y: point.y, points: [point] });
    } else {
      const n = found.points.push(point);
      found.x += (point.x - found.x) / n;
      found.y += (point.y - found.y) / n;
    }
  }
  return clusters.map((one) => one.points);
}
