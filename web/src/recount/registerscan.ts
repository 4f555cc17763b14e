/** What the register says, collected in one pass over all its leaves. */
import type { Bytes } from "../bytes";
import { messageOf, type Finding } from "./findings";
import { millis } from "./fields";
import { LeafKinds } from "./leafkinds";
import { OfferedBoxes } from "./offeredboxes";
import { parseRegisterLeaf, type RegisterLeaf, type RollRules } from "./registerleaf";
import { NO_WITNESSES, type WitnessPolicy } from "./witnesspolicy";

/** What the register leaf `leaf` says about the addresses that belong to a roll. */
export interface Rules {
  leaf: number;
  says: RollRules;
}

type Seen = RegisterLeaf | { type: "trouble"; what: string };

/** A key of the gateway may be replaced after six days at the earliest: one for a moment could be for one person. */
const KEY_MS = 6 * 86_400_000;

export class RegisterScan {
  readonly boxes = new OfferedBoxes();
  readonly rules: Rules[] = [];
  /** The newest witnesses; leaf -1 if none are named. */
  policy: { leaf: number; says: WitnessPolicy } = { leaf: -1, says: NO_WITNESSES };
  readonly kinds = new LeafKinds();
  private gatewayKey: { key: string; since: string } | undefined;

  constructor(readonly leavesFinding: Finding) {}

  readonly verify = async (index: number, bytes: Bytes): Promise<Seen> => {
    try {
      return await parseRegisterLeaf(bytes);
    } catch (e) {
      return { type: "trouble", what: `register leaf ${index}: ${messageOf(e)}` };
    }
  };

  readonly record = (index: number, leaf: Seen): void => {
    if (leaf.type === "trouble") return this.leavesFinding.fail(leaf.what);
    this.kinds.add(leaf.type, leaf.type === "unknown" ? leaf.of : undefined);
    this.boxes.add(index, leaf);
    if (leaf.type === "roll.rules") this.rules.push({ leaf: index, says: leaf });
    if (leaf.type === "witnesses.named") this.policy = { leaf: index, says: leaf.policy };
    if (leaf.type === "relay.named" && leaf.key !== undefined) this.gateway(index, leaf.key, leaf.from);
  };

  private gateway(index: number, key: string, from: string): void {
    const before = this.gatewayKey;
    if (before?.key === key) return;
    this.gatewayKey = { key, since: from };
    if (before !== undefined && millis(from) < millis(before.since) + KEY_MS) {
      this.leavesFinding.fail(`register leaf ${index}: the gateway's key of ${before.since} is replaced at ${from}, before six days are over`);
    }
  }
}
