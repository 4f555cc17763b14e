/** Zooms and moves the map of campuses. Without this script, the whole map and its list give the same facts. */
import { cluster, type Point } from "./cluster";
import { button, h, t } from "./page";
import { nearest, View, WIDTH, type Spot } from "./view";

/** Radii in screen pixels: the touch target (WCAG 2.2, 2.5.8: 24 across), the marks of one and several campuses. */
const TOUCH_RADIUS = 14;
const SINGLE_RADIUS = 8;
const GROUP_RADIUS = 12;
const ZOOM_STEP = 0.5;
const DRAG_THRESHOLD = 5;
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG_NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

class ZoomableMap {
  private readonly view = new View();
  private readonly points: Point[];
  private readonly buttons: HTMLButtonElement[] = [];
  private readonly fingers = new Map<number, Spot>();
  private readonly marks = new Map<Element, Point[]>();
  private dragged = 0;

  constructor(private readonly svg: SVGSVGElement) {
    this.points = [...document.querySelectorAll<HTMLElement>("[data-map-x]")].map(({ dataset, id }) => ({
      id,
      x: Number(dataset.mapX),
      y: Number(dataset.mapY),
      href: dataset.mapHref ?? "",
      label: dataset.mapLabel ?? "",
      filled: dataset.mapFilled === "true",
    }));
  }

  start(): void {
    this.svg.querySelectorAll("a").forEach((mark) => mark.remove()); // the server drew them for the whole map
    const addTool = (label: string, sign: string, change: () => boolean, id: string): HTMLElement => {
      const made = button(sign, () => this.redrawIf(change()), { class: "button button-secondary", "aria-label": label, title: label, "data-testid": id });
      this.buttons.push(made as HTMLButtonElement);
      return made;
    };
    const tools = h(
      "div",
      { class: "map-tools", role: "group", "aria-label": t("mapTools") },
      addTool(t("mapIn"), "+", () => this.zoomIn(), "map-in"),
      addTool(t("mapOut"), "−", () => this.view.zoom(1 / ZOOM_STEP), "map-out"),
      addTool(t("mapLeft"), "←", () => this.view.move(-0.3, 0), "map-left"),
      addTool(t("mapUp"), "↑", () => this.view.move(0, -0.3), "map-up"),
      addTool(t("mapDown"), "↓", () => this.view.move(0, 0.3), "map-down"),
      addTool(t("mapRight"), "→", () => this.view.move(0.3, 0), "map-right"),
      addTool(t("mapWhole"), "⤢", () => this.view.showWhole(), "map-whole"),
    );
    this.svg.after(tools);
    this.svg.addEventListener("keydown", (event) => this.onKey(event));
    this.svg.addEventListener("pointerdown", (event) => this.onDown(event));
    this.svg.addEventListener("pointermove", (event) => this.onMove(event));
    for (const end of ["pointerup", "pointerleave", "pointercancel"] as const) {
      this.svg.addEventListener(end, (event) => this.fingers.delete(event.pointerId));
    }
    this.svg.addEventListener("click", (event) => this.afterDrag(event), { capture: true });
    new ResizeObserver(() => this.draw()).observe(this.svg);
  }

  /** Leaves keys with a modifier to the browser, and keys that do not change the view to the page. */
  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Record<string, () => boolean> = {
      "+": () => this.zoomIn(),
      "=": () => this.zoomIn(),
      "-": () => this.view.zoom(1 / ZOOM_STEP),
      "0": () => this.view.showWhole(),
      ArrowLeft: () => this.view.move(-0.2, 0),
      ArrowRight: () => this.view.move(0.2, 0),
      ArrowUp: () => this.view.move(0, -0.2),
      ArrowDown: () => this.view.move(0, 0.2),
    };
    if (this.redrawIf(keys[event.key]?.() ?? false)) event.preventDefault();
  }

  private onDown(event: PointerEvent): void {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.dragged = 0;
  }

  /** Moves the map with one finger or the mouse; two also zoom it. Spots under the fingers stay under them. */
  private onMove(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    this.fingers.set(event.pointerId, now);
    this.dragged += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    const apart = (one: Spot): number => (other === undefined ? 1 : Math.max(1, Math.hypot(one.x - other.x, one.y - other.y)));
    const between = (one: Spot): Spot => this.toFraction(other === undefined ? one : { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
    this.redrawIf(this.view.pinch(apart(before) / apart(now), between(before), between(now)));
  }

  /** Converts window coordinates to fractions, from 0 to 1, of the map's width and height on the screen. */
  private toFraction(spot: Spot): Spot {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    return { x: (spot.x - left) / width, y: (spot.y - top) / height };
  }

  /** Cancels the click that ends a drag, so that it does not open a mark. */
  private afterDrag(event: Event): void {
    if (this.dragged > DRAG_THRESHOLD) {
      event.preventDefault();
      event.stopPropagation();
    }
    this.dragged = 0;
  }

  /** Zooms in with the campus nearest to the middle as the new middle, so that the view is never empty. */
  private zoomIn(): boolean {
    const { middle } = this.view;
    return this.view.zoom(ZOOM_STEP, nearest(this.points, middle) ?? middle);
  }

  private redrawIf(changed: boolean): boolean {
    if (changed) this.draw();
    return changed;
  }

  /**
   * Draws the marks at a constant size on the screen; campuses far enough apart at this scale get separate marks.
   */
  private draw(): void {
    this.svg.setAttribute("viewBox", this.view.toString());
    const pixel = (WIDTH * this.view.scale) / Math.max(1, this.svg.clientWidth);
    const focused = this.marks.get(document.activeElement ?? this.svg);
    this.marks.forEach((_, mark) => mark.remove());
    this.marks.clear();
    for (const points of cluster(this.points, 2 * TOUCH_RADIUS * pixel)) {
      if (!points.some((one) => this.view.contains(one))) continue; // no mark outside the view can take the focus
      const mark = this.mark(points, pixel);
      this.marks.set(mark, points);
      this.svg.append(mark);
    }
    if (focused !== undefined) this.focusOn(focused);
    this.svg.classList.toggle("zoomed", !this.view.isWhole);
    const [zoomIn, ...others] = this.buttons;
    zoomIn!.setAttribute("aria-disabled", String(this.view.isClosest));
    for (const one of others) one.setAttribute("aria-disabled", String(this.view.isWhole));
  }

  /** Focuses the mark that contains the first of `points`; the map itself if that mark is outside the view. */
  private focusOn(points: Point[]): void {
    const mark = [...this.marks].find(([, of]) => of.includes(points[0]!))?.[0] as SVGElement | undefined;
    (mark ?? this.svg).focus();
  }

  private mark(points: Point[], pixel: number): SVGElement {
    const [first] = points;
    const cx = points.reduce((sum, one) => sum + one.x, 0) / points.length;
    const cy = points.reduce((sum, one) => sum + one.y, 0) / points.length;
    const alone = points.length === 1;
    const label = alone ? first!.label : `${points.length}: ${points.map((one) => one.label).join("; ")}`;
    const mark = element("a", { href: alone ? first!.href : `#${first!.id}`, "aria-label": label });
    const title = element("title", {});
    title.textContent = label;
    const filled = points.filter((one) => one.filled).length;
    const r = (alone ? SINGLE_RADIUS : GROUP_RADIUS) * pixel;
    mark.append(
      title,
      element("circle", { class: "touch", cx, cy, r: TOUCH_RADIUS * pixel }),
      element("circle", { class: filled === points.length ? "mark" : "mark ring", cx, cy, r }),
    );
    if (filled > 0 && filled < points.length) mark.append(element("circle", { class: "core", cx, cy, r: 0.7 * r }));
    if (!alone) {
      const text = element("text", { x: cx, y: cy, "font-size": 13 * pixel, "aria-hidden": "true" });
      text.textContent = String(points.length);
      mark.append(text);
      mark.addEventListener("click", (event) => this.open(points, event));
    }
    return mark;
  }

  /**
   * Zooms in on the campuses of one mark. If they are at one place, the click follows the mark's link to the list.
   */
  private open(points: Point[], event: Event): void {
    if (!this.view.fit(points)) return;
    event.preventDefault();
    this.draw();
    this.focusOn(points);
  }
}

for (const svg of document.querySelectorAll<SVGSVGElement>("svg.map")) new ZoomableMap(svg).start();
