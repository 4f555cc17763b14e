/** Collects the results of the checks of a recount, as `Findings` of the command line does, in the same words. */

/**
 * The result of one check.
 *
 * `isUnchecked`: this browser could not make the check. The check is then not passed, and nothing is said against the record.
 */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  isUnchecked?: boolean;
}

/** So many failures of each check are stored; the rest is counted, because a broken log must not fill the memory. */
const SHOWN = 5;

/** The result of one check: a success until {@link fail} is called. */
export class Finding {
  private readonly failures: string[] = [];
  private failed = 0;
  private detail = "";
  private unchecked: string | undefined;

  constructor(readonly name: string) {}

  fail(what: string): void {
    if (this.failed++ < SHOWN) this.failures.push(what);
  }

  /** Sets the text for the case that the check succeeds. */
  succeed(what: string): void {
    this.detail = what;
  }

  /** This browser cannot make the check, for the reason `what`. */
  skip(what: string): void {
    this.unchecked = what;
  }

  /** Undefined if the check did not run. */
  result(): Check | undefined {
    const { name, failures, failed, detail, unchecked } = this;
    if (failed > 0) {
      const rest = failed > SHOWN ? `; and ${failed - SHOWN} more` : "";
      return { name, ok: false, detail: failures.join("; ") + rest };
    }
    if (unchecked !== undefined) return { name, ok: false, detail: unchecked, isUnchecked: true };
    return detail === "" ? undefined : { name, ok: true, detail };
  }
}

export class Findings {
  private readonly all: Finding[] = [];

  check(name: string): Finding {
    const finding = new Finding(name);
    this.all.push(finding);
    return finding;
  }

  checks(): Check[] {
    return this.all.map((one) => one.result()).filter((one) => one !== undefined);
  }
}

/** A log cannot be read further; the reason is already recorded as a failure. */
export class UnreadableLog extends Error {
  override readonly name = "UnreadableLog";

  constructor(finding: Finding, what: string) {
    super(what);
    finding.fail(what);
  }
}

/** The message of an error of a parser. @throws the error itself if it is of another kind, such as that of the network */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.name === "Error") return error.message; // each error that is no parser's has a name of its own
  throw error;
}
