/** Runs a recount in a worker and shows its progress and what it found, in the record page and in the static verifier. */
import { button, h } from "../elements";
import type { Check } from "./findings";
import { fiveFindings, verdict, withoutTally, type PlainFinding, type State } from "./fivefindings";
import type { Message } from "./recountworker";
import type { Outcome } from "./recount";
import { isKey, number, t } from "./texts";

/** A screen reader is told the progress not more often than this. */
const TOLD_MS = 3_000;

/** Where to show it, the script of the worker, and how to begin again. */
export interface Place {
  root: HTMLElement;
  worker: string;
  again: () => void;
  /** The level of the result's heading. */
  level: 2 | 3;
}

let running: Worker | undefined;

/** Recounts the petition at `address`; ends a recount that is running. */
export function start({ root, worker, again, level }: Place, address: string): void {
  running?.terminate();
  running = new Worker(worker, { type: "module" });
  const told = h("p", { "aria-live": "polite", "data-testid": "recount-progress" }, t("starting"));
  const bar = h("progress", { "aria-label": t("progress") }) as HTMLProgressElement;
  const end = (...parts: Node[]): void => {
    running?.terminate();
    running = undefined;
    root.replaceChildren(...parts);
    const heading = root.querySelector<HTMLElement>("[tabindex]");
    heading?.focus();
  };
  const startAgain = (): HTMLElement => button(t("again"), again, { class: "button button-secondary" });
  const say = (words: string, kind: string): HTMLElement => h("p", { class: kind, tabindex: "-1", "data-testid": "recount-trouble" }, words);
  const stop = button(t("stop"), () => end(say(t("stopped"), "notice"), startAgain()), { class: "button button-secondary" });
  root.replaceChildren(told, bar, h("div", { class: "actions" }, stop));

  let lastTold = 0;
  running.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.is === "outcome") return end(...result(data.outcome, level, startAgain()));
    if (data.is === "trouble") return end(say(t(data.kind, { what: data.what }), "notice"), startAgain());
    const key = `reading.${data.log}`;
    bar.max = data.of;
    bar.value = data.leaves;
    if (performance.now() < lastTold + TOLD_MS || !isKey(key)) return;
    lastTold = performance.now();
    told.textContent = t(key, { leaves: number(data.leaves), of: number(data.of) });
  };
  running.onerror = (event) => end(say(t("failed", { what: event.message || "worker" }), "notice"), startAgain());
  running.postMessage(address);
}

const MARKS: Record<State, string> = { good: "✓", bad: "✗", open: "?" };

const mark = (state: State): HTMLElement => h("span", { class: `mark mark-${state}`, "aria-hidden": "true" }, MARKS[state]);

function result(outcome: Outcome, level: number, again: HTMLElement): HTMLElement[] {
  const { report } = outcome;
  const findings = fiveFindings(outcome);
  const state = verdict(findings, outcome);
  const used = report.counts.filter(({ entries }) => entries > 0);
  const counts = (used.length > 0 ? used : report.counts).map(({ class: name, count }) =>
    h("p", { class: "number" }, h("data", { value: String(count), "data-counted": name }, number(count)), ` ${isKey(name) ? t(name) : name}`),
  );
  const save = h("a", { class: "button", href: fileOf(outcome), download: `recount-${report.host}${report.path}.json`.replace(/[^A-Za-z0-9.-]+/g, "-") }, t("save"));
  return [
    h(`h${level}`, { tabindex: "-1", class: "verdict", "data-testid": "recount-verdict", "data-state": state }, mark(state), h("span", {}, t(state))),
    ...(counts.length === 0 ? [] : [h("div", { class: "counted" }, h("p", { class: "counted-label" }, t("counted")), ...counts)]),
    h(`h${level + 1}`, {}, t("findings")),
    h("ol", { class: "findings" }, ...findings.map((one) => shown(one, outcome))),
    h("details", {}, h("summary", {}, t("details")), h("ul", { lang: "en", class: "checks" }, ...report.checks.map((one) => h("li", {}, technical(one))))),
    h("p", { class: "hint" }, t("ownKey")),
    h("pre", { tabindex: "0" }, report.register_key),
    h("div", { class: "actions" }, save, again),
  ];
}

function technical({ name, ok, detail, isUnchecked }: Check): string {
  return `${ok ? MARKS.good : isUnchecked ? MARKS.open : MARKS.bad} ${name}: ${detail}`;
}

function shown({ name, state, checks }: PlainFinding, outcome: Outcome): HTMLElement {
  const failed = checks.filter(({ ok }) => !ok);
  return h(
    "li",
    { "data-finding": name, "data-state": state },
    mark(state),
    h(
      "div",
      {},
      h("p", { class: "finding" }, t(`${name}.${state}`)),
      ...details(name, outcome).map((words) => h("p", { class: "hint" }, words)),
      failed.length === 0 ? undefined : h("ul", { lang: "en", class: "checks" }, ...failed.map((one) => h("li", {}, technical(one)))),
    ),
  );
}

function details(name: PlainFinding["name"], outcome: Outcome): string[] {
  const { report, witnesses, bounds, cards } = outcome;
  if (report.counts.length === 0) return [];
  if (name === "signatures") {
    const sum = (of: (one: (typeof report.counts)[number]) => number): string => number(report.counts.reduce((all, one) => all + of(one), 0));
    return [t("signatures.detail", { entries: sum(({ entries }) => entries), withdrawals: sum(({ withdrawals }) => withdrawals) })];
  }
  if (name === "history") {
    return [t("history.detail", { register: number(report.register.size), ledger: number(report.ledger.size), log: number(report.log.size) })];
  }
  if (name === "page") return [t("page.detail", { path: report.path })];
  if (name === "words") return [];
  const day = (text: string): string => new Date(`${text}T12:00:00Z`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  const missing = withoutTally(outcome).map((one) => t("people.noTally", { class: isKey(one) ? t(one) : one }));
  const books = bounds.flatMap(({ className, books, signed, day: last }) => [
    t("people.books", { books: number(books), class: isKey(className) ? t(className) : className, day: day(last), signed: number(signed) }),
    ...(signed > books ? [t("people.unbounded", { more: number(signed - books) })] : []),
  ]);
  const vouching = witnesses.length === 0 ? t("people.noWitnesses") : t("people.witnesses", { names: witnesses.join(", ") });
  const handed = cards === undefined ? [] : [t("people.cards", { cards: number(cards) })];
  return [...books, ...missing, ...handed, vouching];
}

let file: string | undefined;

/** The report as `./undersigned recount --json` prints it. */
function fileOf({ report }: Outcome): string {
  if (file !== undefined) URL.revokeObjectURL(file);
  const checks = report.checks.map(({ name, ok, detail }) => ({ name, ok, detail }));
  file = URL.createObjectURL(new Blob([`${JSON.stringify({ ...report, checks }, null, 2)}\n`], { type: "application/json" }));
  return file;
}
