/** A campus on the map: its position, page and name, and whether its mark is filled. */
export interface Point {
  id: string;
  x: number;
  y: number;
  href: string;
  label: string;
  filled: boolean;
}

/** Groups points that are nearer to each other than `near`, as the server does for the whole map. */
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
