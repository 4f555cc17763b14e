/** The part of the map that is shown: where it begins and how much of the whole it is. In the map's own units. */
export const WIDTH = 975;
export const HEIGHT = 610;
const CLOSEST = 1 / 256; // campuses of one town stand apart

export interface Spot {
  x: number;
  y: number;
}

export class View {
  x = 0;
  y = 0;
  scale = 1;

  get isWhole(): boolean {
    return this.scale === 1;
  }

  get isClosest(): boolean {
    return this.scale <= CLOSEST;
  }

  get middle(): Spot {
    return { x: this.x + (WIDTH * this.scale) / 2, y: this.y + (HEIGHT * this.scale) / 2 };
  }

  toString(): string {
    return `${this.x} ${this.y} ${WIDTH * this.scale} ${HEIGHT * this.scale}`;
  }

  /** Shows the whole map; whether that changed anything. */
  whole(): boolean {
    return this.set(0, 0, 1);
  }

  /** Shows `by` times as much of the map, the same spot in its middle, as far as the map reaches. */
  zoom(by: number, to: Spot = this.middle): boolean {
    return this.center(to, this.scale * by);
  }

  /** Moves by parts of what is shown. */
  move(right: number, down: number): boolean {
    return this.set(this.x + right * WIDTH * this.scale, this.y + down * HEIGHT * this.scale, this.scale);
  }

  /** Shows `by` times as much of the map, with what was at `from` now at `to`: parts of what is shown, from 0 to 1. */
  hold(by: number, from: Spot, to: Spot): boolean {
    const scale = View.within(this.scale * by);
    return this.set(
      this.x + WIDTH * (from.x * this.scale - to.x * scale),
      this.y + HEIGHT * (from.y * this.scale - to.y * scale),
      scale,
    );
  }

  /** Shows all of these with room around them, or as much closer as can be. */
  fit(spots: Spot[]): boolean {
    const [left, right] = [Math.min(...spots.map((one) => one.x)), Math.max(...spots.map((one) => one.x))];
    const [top, bottom] = [Math.min(...spots.map((one) => one.y)), Math.max(...spots.map((one) => one.y))];
    const all = Math.max((right - left) / WIDTH, (bottom - top) / HEIGHT);
    const wanted = Math.max(1.25 * all, Math.min(2 * all, this.scale / 2));
    return this.center({ x: (left + right) / 2, y: (top + bottom) / 2 }, wanted);
  }

  contains(spot: Spot): boolean {
    return (
      spot.x >= this.x && spot.x <= this.x + WIDTH * this.scale && spot.y >= this.y && spot.y <= this.y + HEIGHT * this.scale
    );
  }

  private static within(wanted: number): number {
    return Math.min(1, Math.max(CLOSEST, wanted));
  }

  private center(to: Spot, wanted: number): boolean {
    const scale = View.within(wanted);
    return this.set(to.x - (WIDTH * scale) / 2, to.y - (HEIGHT * scale) / 2, scale);
  }

  private set(x: number, y: number, scale: number): boolean {
    const before = this.toString();
    this.scale = scale;
    this.x = Math.min(WIDTH * (1 - scale), Math.max(0, x));
    this.y = Math.min(HEIGHT * (1 - scale), Math.max(0, y));
    return this.toString() !== before;
  }
}

/** The spot nearest to another, if there is any. */
export function nearest<T extends Spot>(spots: T[], to: Spot): T | undefined {
  const distance = (one: Spot): number => Math.hypot(one.x - to.x, one.y - to.y);
  return spots.reduce<T | undefined>((best, one) => (best === undefined || distance(one) < distance(best) ? one : best), undefined);
}
