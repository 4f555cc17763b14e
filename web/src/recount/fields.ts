/** Reads canonical JSON (RFC 8785) strictly, and refuses what the command line refuses, in the same words. */
import { utf8, type Bytes } from "../bytes";
import { canonical } from "../manifest";

type Json = Record<string, unknown>;

export const MAX_BYTES = 65_535;
const MAX_DEPTH = 16;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Throws unless a value has at most 16 levels, and its texts have no lone surrogate. */
function requireWritable(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error(`the JSON is nested deeper than ${MAX_DEPTH}`);
  if (typeof value === "string" && /\p{Cs}/u.test(value)) throw new Error("lone surrogate in a JSON string");
  if (typeof value === "number" && !Number.isInteger(value)) throw new Error(`not an integer: ${value}`);
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error(`integer beyond 2^53 - 1: ${value}`);
  if (value === null || typeof value !== "object") return;
  for (const [name, member] of Object.entries(value)) {
    requireWritable(name, depth);
    requireWritable(member, depth + 1);
  }
}

export function parseJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch (e) {
    throw new Error(`not JSON: ${e instanceof Error ? e.message : ""}`);
  }
}

/** @throws Error unless the bytes are the canonical form of a value */
export function parseCanonical(bytes: Bytes): unknown {
  if (bytes.length > MAX_BYTES) throw new Error(`the JSON has ${bytes.length} bytes, more than ${MAX_BYTES}`);
  const value = parseJson(bytes);
  requireWritable(value, 0);
  const form = utf8(canonical(value));
  const at = form.findIndex((byte, i) => byte !== bytes[i]);
  if (at >= 0 || form.length !== bytes.length) {
    throw new Error(`not canonical JSON (RFC 8785) at byte ${at >= 0 ? at : form.length}`);
  }
  return value;
}

/** One JSON object: each field that is read must exist with its type; {@link end} refuses all others. */
export class Fields {
  private readonly asked = new Set<string>();
  private readonly members: Json;

  constructor(
    object: unknown,
    private readonly where: string,
  ) {
    if (object === null || typeof object !== "object" || Array.isArray(object)) throw new Error(`${where} is not an object`);
    this.members = object as Json;
  }

  field(name: string): unknown {
    this.asked.add(name);
    if (!Object.hasOwn(this.members, name)) throw this.wrong(name, "is missing");
    return this.members[name];
  }

  text(name: string): string {
    const value = this.field(name);
    if (typeof value !== "string") throw this.wrong(name, "is not a string");
    return value;
  }

  textOrNull(name: string): string | null {
    return this.field(name) === null ? null : this.text(name);
  }

  integer(name: string, least: number): number {
    const value = this.field(name);
    if (typeof value !== "number" || (value | 0) !== value) throw this.wrong(name, "is not a 32-bit integer");
    if (value < least) throw this.wrong(name, `is less than ${least}`);
    return value;
  }

  list(name: string, most: number): unknown[] {
    const value = this.field(name);
    if (!Array.isArray(value)) throw this.wrong(name, "is not a list");
    if (value.length > most) throw this.wrong(name, `has more than ${most} items`);
    return value;
  }

  texts(name: string, most: number): string[] {
    return this.list(name, most).map((item) => {
      if (typeof item !== "string") throw this.wrong(name, "has an item that is not a string");
      return item;
    });
  }

  /** A moment such as `2016-11-09T05:00:00Z`; returns its text, whose order {@link millis} gives. */
  instant(name: string): string {
    const text = this.text(name);
    if (!Number.isNaN(millis(text))) return text;
    throw this.wrong(name, "is not a time like 2016-11-09T05:00:00Z");
  }

  digest(name: string): string {
    return sha256Hex(this.text(name), `${this.where}.${name}`);
  }

  object(name: string): Fields {
    return new Fields(this.field(name), `${this.where}.${name}`);
  }

  names(): string[] {
    return Object.keys(this.members);
  }

  /** @throws Error if the object has a field that was not read */
  end(): void {
    for (const name of this.names()) if (!this.asked.has(name)) throw this.wrong(name, "is unknown");
  }

  wrong(name: string, what: string): Error {
    return new Error(`${this.where}.${name} ${what}`);
  }
}

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.(?!000)\d{3}|\.\d{3}(?!000)\d{3}|\.\d{6}(?!000)\d{3})?Z$/;

/** Milliseconds since 1970 of a moment in its only form; NaN for any other text. */
export function millis(instant: string): number {
  const match = INSTANT.exec(instant);
  const time = match === null ? NaN : Date.parse(`${match[1]!}Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== match![1]) return NaN;
  return time + Number(`0${match![2] ?? ""}`) * 1000;
}

/** @throws Error unless the text is 64 lower-case hexadecimal digits, which it returns */
export function sha256Hex(text: string, what: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${what} is not 64 lower-case hexadecimal digits`);
  return text;
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const BOX_ID = 26;

/** @throws Error unless the text is the canonical spelling of 16 bytes in base32, which it returns */
export function boxId(text: string): string {
  if (text.length !== BOX_ID) throw new Error(`a box id must have ${BOX_ID} characters, not ${text.length}`);
  const at = [...text].findIndex((character) => !BASE32.includes(character));
  if (at >= 0) throw new Error(`character ${at} of the box id is not lower-case base32`);
  if ((BASE32.indexOf(text.at(-1)!) & 3) !== 0) throw new Error("the box id's last character has bits beyond 16 bytes");
  return text;
}

export function isBoxId(text: string): boolean {
  try {
    boxId(text);
    return true;
  } catch {
    return false;
  }
}

/** True if the list is sorted by UTF-16 units and repeats nothing. */
export const isSorted = (list: string[]): boolean => list.every((one, i) => i === 0 || list[i - 1]! < one);

