/** Zooms and moves the map of campuses; without it the map is whole, and its list says the same. */
import { cluster, type Point } from "./cluster";
import { button, h, t } from "./page";

const WIDTH = 975;
const HEIGHT = 610;
const CLOSEST = 1 / 24;
/** Nearer than this, on the whole map, two marks are one: 24 pixels on a phone 390 wide. */
const NEAR = 60;
const STEP = 0.6;
const SVG = "http://www.w3.org/2000/svg";

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

class ZoomableMap {
  private x = 0;
  private y = 0;
  private scale = 1;
  private readonly points: Point[];

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
    const buttons = h(
      "div",
      { class: "actions" },
      button(t("mapIn"), () => this.zoom(STEP), { class: "button button-secondary", "data-testid": "map-in" }),
      button(t("mapOut"), () => this.zoom(1 / STEP), { class: "button button-secondary" }),
      button(t("mapWhole"), () => this.whole(), { class: "button button-secondary", "data-testid": "map-whole" }),
    );
    this.svg.after(buttons);
    this.svg.addEventListener("keydown", (event) => {
      const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
      if (event.key === "+" || event.key === "=") this.zoom(STEP);
      else if (event.key === "-") this.zoom(1 / STEP);
      else if (event.key === "0") this.whole();
      else if (dx === 0 && dy === 0) return;
      else this.move(0.2 * dx! * WIDTH * this.scale, 0.2 * dy! * HEIGHT * this.scale);
      event.preventDefault();
    });
    let from: { x: number; y: number } | undefined;
    this.svg.addEventListener("pointerdown", (event) => {
      if (this.scale < 1) from = { x: event.clientX, y: event.clientY };
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (from === undefined) return;
      const unit = (WIDTH * this.scale) / this.svg.clientWidth;
      this.move((from.x - event.clientX) * unit, (from.y - event.clientY) * unit);
      from = { x: event.clientX, y: event.clientY };
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel"]) this.svg.addEventListener(end, () => (from = undefined));
  }

  private whole(): void {
    this.x = this.y = 0;
    this.scale = 1;
    this.draw();
  }

  private zoom(by: number): void {
    const scale = Math.min(1, Math.max(CLOSEST, this.scale * by));
    const change = this.scale - scale;
    this.scale = scale;
    this.move((change * WIDTH) / 2, (change * HEIGHT) / 2);
  }

  private move(dx: number, dy: number): void {
    this.x = Math.min(WIDTH * (1 - this.scale), Math.max(0, this.x + dx));
    this.y = Math.min(HEIGHT * (1 - this.scale), Math.max(0, this.y + dy));
    this.draw();
  }

  /** Marks keep their size on the screen; those that are far enough apart now stand alone. */
  private draw(): void {
    this.svg.setAttribute("viewBox", `${this.x} ${this.y} ${WIDTH * this.scale} ${HEIGHT * this.scale}`);
    const focused = document.activeElement?.getAttribute("href");
    this.svg.querySelectorAll("a").forEach((mark) => mark.remove());
    for (const points of cluster(this.points, NEAR * this.scale)) this.svg.append(this.mark(points));
    if (focused != null) this.svg.querySelector<SVGElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }

  private mark(points: Point[]): SVGElement {
    const [first] = points;
    const cx = points.reduce((sum, one) => sum + one.x, 0) / points.length;
    const cy = points.reduce((sum, one) => sum + one.y, 0) / points.length;
    const alone = points.length === 1;
    const label = points.map((one) => one.label).join(", ");
    const mark = element("a", { href: alone ? first!.href : `#${first!.id}`, "aria-label": label });
    const title = element("title", {});
    title.textContent = label;
    const filled = points.some((one) => one.filled);
    const r = (alone ? 14 : 22) * this.scale;
    mark.append(
      title,
      element("circle", { class: "touch", cx, cy, r: 30 * this.scale }),
      element("circle", { class: filled ? "mark" : "mark ring", cx, cy, r }),
    );
    if (!alone) {
      const text = element("text", { x: cx, y: cy, "font-size": 24 * this.scale, "aria-hidden": "true" });
      text.textContent = String(points.length);
      mark.append(text);
    }
    return mark;
  }
}

for (const svg of document.querySelectorAll<SVGSVGElement>("svg.map")) new ZoomableMap(svg).start();
