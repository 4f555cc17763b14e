/**
 * The nonces of a box and their states, in 17 bytes a slot. Stores the first 16 bytes of each nonce: they are SHA-256 values that were
 * verified before, so a collision takes 2^64 work, and only makes the attacker's own box fail its recount. Open addressing, linear
 * probing, at most two thirds full.
 */
import type { Bytes } from "../bytes";

const WORDS = 4;
const WITHDRAWN = 64;

export class NonceTable {
  private keys = new Uint32Array(1024 * WORDS);
  private states = new Uint8Array(1024); // 0 free, 1 + class index, + 64 once withdrawn
  private used = 0;

  /** Adds a nonce for a class (0 to 15); returns false if it is in the table already. */
  add(nonce: Bytes, classIndex: number): boolean {
    if (this.used * 3 >= this.states.length * 2) this.grow();
    const words = wordsOf(nonce);
    const slot = this.slot(words);
    if (this.states[slot] !== 0) return false;
    this.put(slot, words, 1 + classIndex);
    this.used++;
    return true;
  }

  /** Withdraws a nonce and returns its class index; "unknown", or "again" if it is withdrawn already. */
  withdraw(nonce: Bytes): number | "unknown" | "again" {
    const slot = this.slot(wordsOf(nonce));
    const state = this.states[slot]!;
    if (state === 0) return "unknown";
    if (state > WITHDRAWN) return "again";
    this.states[slot] = state + WITHDRAWN;
    return state - 1;
  }

  private grow(): void {
    const { keys, states } = this;
    this.states = new Uint8Array(states.length * 2);
    this.keys = new Uint32Array(keys.length * 2);
    states.forEach((state, old) => {
      if (state === 0) return;
      const words = keys.subarray(old * WORDS, (old + 1) * WORDS);
      this.put(this.slot(words), words, state);
    });
  }

  private put(slot: number, words: Uint32Array, state: number): void {
    this.keys.set(words, slot * WORDS);
    this.states[slot] = state;
  }

  /** The slot of these words, or the free one where they belong. */
  private slot(words: Uint32Array): number {
    const mask = this.states.length - 1;
    let slot = words[0]! & mask;
    while (this.states[slot] !== 0 && words.some((word, i) => this.keys[slot * WORDS + i] !== word)) slot = (slot + 1) & mask;
    return slot;
  }
}

function wordsOf(nonce: Bytes): Uint32Array {
  const view = new DataView(nonce.buffer, nonce.byteOffset, WORDS * 4);
  return Uint32Array.from({ length: WORDS }, (_, i) => view.getUint32(i * 4));
}
