/** Groups the checks of a recount into five plain findings. Each check belongs to exactly one. */
import type { Check } from "./findings";
import type { Outcome } from "./recount";

export type Name = "signatures" | "history" | "page" | "words" | "people";

/** "open": nothing failed, but something was not checked. It is never shown as good. */
export type State = "good" | "bad" | "open";

export interface PlainFinding {
  name: Name;
  state: State;
  checks: Check[];
}

/** The names of the checks of each finding. All must have run, apart from those that are made only if there is a reason. */
const CHECKS: Record<Name, { always: string[]; sometimes: string[] }> = {
  signatures: { always: ["issuer keys", "entries", "withdrawals"], sometimes: [] },
  history: {
    always: [
      "register key",
      "register checkpoint",
      "register tree",
      "register leaves",
      "ledger checkpoint",
      "ledger tree",
      "ledger leaves",
      "registered checkpoints",
      "one box for each page",
      "box checkpoint",
      "box tree",
    ],
    sometimes: ["closed"],
  },
  page: { always: ["numbers on the page"], sometimes: ["page", "page asked for"] },
  words: { always: ["manifest", "text"], sometimes: [] },
  people: {
    always: ["register cosignatures", "ledger cosignatures", "witnesses", "who counts", "signatures ≤ books"],
    sometimes: ["books in person ≤ cards"],
  },
};

/** The classes with signatures for which no tally could be compared. */
export const withoutTally = ({ report, bounds }: Outcome): string[] =>
  report.counts.filter((one) => one.entries > 0 && !bounds.some(({ className }) => className === one.class)).map((one) => one.class);

export function fiveFindings(outcome: Outcome): PlainFinding[] {
  const { report, witnesses, bounds } = outcome;
  const isBounded = withoutTally(outcome).length === 0 && bounds.every(({ books, signed }) => signed <= books);
  const isBacked = witnesses.length > 0 && isBounded;
  return (Object.keys(CHECKS) as Name[]).map((name) => {
    const { always, sometimes } = CHECKS[name];
    const checks = report.checks.filter((one) => always.includes(one.name) || sometimes.includes(one.name));
    const isMissing = always.some((check) => !checks.some((one) => one.name === check));
    let state: State = isMissing || checks.some(({ isUnchecked }) => isUnchecked) || (name === "people" && !isBacked) ? "open" : "good";
    if (checks.some(({ ok, isUnchecked }) => !ok && !isUnchecked)) state = "bad";
    return { name, state, checks };
  });
}

/** The state of all together: the worst of them. */
export function verdict(findings: PlainFinding[], { report }: Outcome): State {
  if (findings.some(({ state }) => state === "bad")) return "bad";
  return report.ok && findings.every(({ state }) => state === "good") ? "good" : "open";
}
