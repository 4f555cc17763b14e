/**
 * Checks that the register said which addresses are members' before the box opened, and repeats what it says, so that a reader
 * can judge it.
 */
import type { BoxManifest } from "./boxmanifest";
import type { Finding } from "./findings";
import type { RollRules } from "./registerleaf";
import type { RegisterScan, Rules } from "./registerscan";

export function checkWhoCounts(register: RegisterScan, manifest: BoxManifest, finding: Finding): void {
  const rulesOf = (campus: string): Rules[] => register.rules.filter(({ says }) => says.campuses.includes(campus));
  if (manifest.campus === "*") {
    const campuses = [...register.boxes.campusesOf(manifest.campaign)].sort();
    for (const campus of campuses) {
      if (rulesOf(campus).length === 0) finding.fail(`the register does not say which addresses belong to ${campus}`);
    }
    return finding.succeed(`members of the campaign's campuses; the register says for ${campuses.length} of them which addresses these are`);
  }
  const rules = rulesOf(manifest.campus);
  const opened = register.boxes.offer(manifest.box)!.leaf;
  if (!rules.some(({ leaf }) => leaf < opened)) {
    finding.fail(`register leaf ${opened}: the box opens before the register says which addresses belong to ${manifest.campus}`);
  }
  finding.succeed(rules.map(({ says, leaf }) => `${describe(says)} (register leaf ${leaf})`).join("; then "));
}

/** For example "addresses at a.edu or b.edu, and at math.a.edu apart; names are the same without case, plus-tag". */
function describe({ domains, separateDomains, folds }: RollRules): string {
  const parts: string[] = [];
  if (domains.length > 0) parts.push(`at ${domains.join(" or ")}`);
  if (separateDomains.length > 0) parts.push(`at ${separateDomains.join(", ")} apart`);
  if (parts.length === 0) return "no addresses";
  return `addresses ${parts.join(", and ")}${folds.length === 0 ? "" : `; names are the same without ${folds.join(", ")}`}`;
}
