/** The result of a recount, in the form of `./undersigned recount --json`. */
import type { Check } from "./findings";

export interface Log {
  size: number;
  /** Base64; null if the log was not read. */
  root: string | null;
}

/** If an early check makes it impossible to go on, the later checks are absent and `counts` is empty. */
export interface Report {
  v: 1;
  ok: boolean;
  host: string;
  box: string;
  path: string;
  register_key: string;
  register: Log;
  ledger: Log;
  log: Log;
  counts: { class: string; count: number; entries: number; withdrawals: number }[];
  checks: Check[];
  totals: string[];
  milliseconds: number;
}
