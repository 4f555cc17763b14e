/** The visible part of the map: its top left corner, in the map's own units, and its scale (1 is the whole map). */
export const WIDTH = 975;
export const HEIGHT = 610;
const MIN_SCALE = 1 / 256; // close enough to separate the campuses of one town

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
    return this.scale <= MIN_SCALE;
  }

  get middle(): Spot {
    return { x: this.x + (WIDTH * this.scale) / 2, y: this.y + (HEIGHT * this.scale) / 2 };
  }

  toString(): string {
    return `${this.x} ${this.y} ${WIDTH * this.scale} ${HEIGHT * this.scale}`;
  }

  /** Shows the whole map. True if that changes the view, as with the methods below. */
  showWhole(): boolean {
    return this.set(0, 0, 1);
  }

  /** Shows `by` times as much of the map, with `to` in the middle as far as the map's edges allow. */
  zoom(by: number, to: Spot = this.middle): boolean {
    return this.center(to, this.scale * by);
  }

  /** Moves the view by fractions of its width and height. */
  move(right: number, down: number): boolean {
    return this.set(this.x + right * WIDTH * this.scale, this.y + down * HEIGHT * this.scale, this.scale);
  }

  /**
   * Shows `by` times as much of the map, and moves the spot at `from` to `to`: fractions of the view, from 0 to 1.
   */
  pinch(by: number, from: Spot, to: Spot): boolean {
    const scale = View.clampScale(this.scale * by);
    return this.set(
      this.x + WIDTH * (from.x * this.scale - to.x * scale),
      this.y + HEIGHT * (from.y * this.scale - to.y * scale),
      scale,
    );
  }

  /** Shows all `spots` with a margin around them, but not closer than the closest view. */
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

  private static clampScale(wanted: number): number {
    return Math.min(1, Math.max(MIN_SCALE, wanted));
  }

  private center(to: Spot, wanted: number): boolean {
    const scale = View.clampScale(wanted);
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

/** Returns the spot nearest to `to`; undefined if there are no spots. */
export function nearest<T extends Spot>(spots: T[], to: Spot): T | undefined {
  const distance = (one: Spot): number => Math.hypot(one.x - to.x, one.y - to.y);
  return spots.reduce<T | undefined>((best, one) => (best === undefined || distance(one) < distance(best) ? one : best), undefined);
}
