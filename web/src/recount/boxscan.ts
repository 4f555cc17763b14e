/** Counts all leaves of one box by the rules of PROTOCOL §5 and §7. */
import { concat, equal, hex, utf8, type Bytes } from "../bytes";
import { sha256, verify } from "../crypto";
import { ENTRY_SIZE, WITHDRAWAL_SIZE } from "../entry";
import { leafHash } from "../tlog";
import type { BoxManifest } from "./boxmanifest";
import type { Finding } from "./findings";
import { NonceTable } from "./noncetable";

/** The count of one class: valid entries minus valid withdrawals. */
export interface ClassCount {
  name: string;
  entries: number;
  withdrawals: number;
}

export const countOf = ({ entries, withdrawals }: ClassCount): number => entries - withdrawals;

/** The state of the box at one size. */
export interface Snapshot {
  root: Promise<Bytes>;
  counts: ClassCount[];
}

export const classIn = (counts: ClassCount[], name: string): ClassCount =>
  counts.find((one) => one.name === name) ?? { name, entries: 0, withdrawals: 0 };

/** The result of verifying one leaf alone, before comparing it with other leaves. */
type Seen =
  | { is: "first leaf" }
  | { is: "entry"; nonce: Bytes; classIndex: number }
  | { is: "withdrawal"; nonce: Bytes }
  | { is: "bad entry"; why: string }
  | { is: "bad withdrawal"; why: string };

/** What every entry must match, computed once. */
export interface BoxRules {
  manifest: BoxManifest;
  challengeDigest: Bytes;
  /** The key of each class, in the manifest's order. */
  keys: CryptoKey[];
}

const ENTRY_CONTEXT = utf8("undersigned/v1/entry\0");
const NONCE_CONTEXT = utf8("undersigned/v1/nonce\0");
const PSS = { name: "RSA-PSS", saltLength: 48 };

// The parts of an entry, and of the token in it (PROTOCOL §5, RFC 9577 §2.2).
const TOKEN = 1;
const NONCE = TOKEN + 2;
const CHALLENGE = NONCE + 32;
const KEY_ID = CHALLENGE + 32;
const AUTHENTICATOR = KEY_ID + 32;
const PUBLIC_KEY = AUTHENTICATOR + 256;
const AFFILIATION = PUBLIC_KEY + 32;
const SIGNATURE_SIZE = 64;

export class BoxScan {
  private readonly nonces = new NonceTable();
  private readonly entries: number[];
  private readonly withdrawals: number[];
  private readonly snapshots = new Map<number, Snapshot>();
  verifiedTokens = 0;
  verifiedWithdrawals = 0;

  /** @param wanted the sizes for which the caller needs a {@link Snapshot} */
  constructor(
    private readonly rules: BoxRules,
    private readonly wanted: Set<number>,
    private readonly entriesFinding: Finding,
    private readonly withdrawalsFinding: Finding,
  ) {
    this.entries = rules.keys.map(() => 0);
    this.withdrawals = rules.keys.map(() => 0);
  }

  /** Verifies a leaf alone: token, nonce and signature, or the withdrawal's signature. */
  readonly verify = async (index: number, leaf: Bytes): Promise<Seen> => {
    if (index === 0) {
      const isManifest = equal(leaf, await leafHash(this.rules.manifest.leaf));
      return isManifest ? { is: "first leaf" } : { is: "bad entry", why: "is not the leaf hash of the manifest in the register" };
    }
    if (leaf.length === ENTRY_SIZE) return this.entry(leaf);
    if (leaf.length === WITHDRAWAL_SIZE) return this.withdrawal(leaf);
    return { is: "bad entry", why: `${leaf.length} bytes: neither an entry nor a withdrawal` };
  };

  private async entry(leaf: Bytes): Promise<Seen> {
    const bad = (why: string): Seen => ({ is: "bad entry", why });
    const { manifest, challengeDigest, keys } = this.rules;
    if (leaf[0] !== 1) return bad(`byte 0: kind ${leaf[0]} is not an entry`);
    if (leaf[TOKEN] !== 0) return bad("byte 0: not token type 2");
    if (leaf[TOKEN + 1] !== 2) return bad("byte 1: not token type 2");
    const nonce = leaf.slice(NONCE, CHALLENGE);
    const publicKey = leaf.slice(PUBLIC_KEY, AFFILIATION);
    const end = ENTRY_SIZE - SIGNATURE_SIZE;
    const keyId = hex(leaf.subarray(KEY_ID, AUTHENTICATOR));
    const classIndex = manifest.classes.findIndex((one) => one.keyId === keyId);
    if (classIndex < 0) return bad("token's key is not a key of this box");
    if (!equal(leaf.subarray(CHALLENGE, KEY_ID), challengeDigest)) {
      return bad("token is for another challenge, not for this box of this manifest");
    }
    const [itsNonce, isSigned, isIssued] = await Promise.all([
      sha256(NONCE_CONTEXT, publicKey),
      verify(publicKey, leaf.slice(end), concat(ENTRY_CONTEXT, leaf.subarray(0, end))),
      crypto.subtle.verify(PSS, keys[classIndex]!, leaf.slice(AUTHENTICATOR, PUBLIC_KEY), leaf.slice(TOKEN, AUTHENTICATOR)),
    ]);
    if (!equal(nonce, itsNonce)) return bad("token's nonce is not the hash of the entry's key");
    if (!isSigned) return bad("signature of the entry's key does not verify");
    if (!isIssued) return bad("token does not verify");
    if (leaf[AFFILIATION]! > manifest.affiliations) return bad("affiliation is not in the manifest's list");
    return { is: "entry", nonce, classIndex };
  }

  private async withdrawal(leaf: Bytes): Promise<Seen> {
    if (leaf[0] !== 2) return { is: "bad withdrawal", why: `byte 0: kind ${leaf[0]} is not a withdrawal` };
    const nonce = leaf.slice(1, 33);
    const publicKey = leaf.slice(33, 65);
    const message = concat(utf8(`undersigned/v1/withdrawal\0${this.rules.manifest.origin}\0`), nonce);
    const [itsNonce, isSigned] = await Promise.all([sha256(NONCE_CONTEXT, publicKey), verify(publicKey, leaf.slice(65), message)]);
    const isGood = equal(nonce, itsNonce) && isSigned;
    return isGood ? { is: "withdrawal", nonce } : { is: "bad withdrawal", why: "withdrawal's signature does not verify" };
  }

  /** Counts a leaf, or records why it does not count. */
  record(index: number, seen: Seen): void {
    const where = `box leaf ${index}: `;
    if (seen.is === "bad entry") this.entriesFinding.fail(where + seen.why);
    if (seen.is === "bad withdrawal") this.withdrawalsFinding.fail(where + seen.why);
    if (seen.is === "entry") {
      this.verifiedTokens++;
      if (this.nonces.add(seen.nonce, seen.classIndex)) this.entries[seen.classIndex]!++;
      else this.entriesFinding.fail(`${where}nonce is already in the box`);
    }
    if (seen.is === "withdrawal") {
      this.verifiedWithdrawals++;
      const of = this.nonces.withdraw(seen.nonce);
      if (of === "unknown") this.withdrawalsFinding.fail(`${where}withdraws a nonce that is not published before it`);
      else if (of === "again") this.withdrawalsFinding.fail(`${where}withdraws an entry that is already withdrawn`);
      else this.withdrawals[of]!++;
    }
  }

  /** Stores a snapshot if `size` is one of the wanted sizes: for size 0, and after each leaf. */
  snapshotIfWanted(size: number, root: () => Promise<Bytes>): void {
    if (this.wanted.has(size)) this.snapshots.set(size, { root: root(), counts: this.counts() });
  }

  at(size: number): Snapshot | undefined {
    return this.snapshots.get(size);
  }

  counts(): ClassCount[] {
    return this.rules.manifest.classes.map(({ name }, i) => ({ name, entries: this.entries[i]!, withdrawals: this.withdrawals[i]! }));
  }
}
