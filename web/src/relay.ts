/** Sends what is cast through the relay that the register names (PROTOCOL §5). */
import { fromUtf8, unbase64, type Bytes } from "./bytes";
import { postSealed, refusal, Unreachable } from "./http";
import { asProofFailure, type Instance } from "./logs";
import { binaryRequest, isSupported, open, parseResponse, seal, type Sealed } from "./ohttp";
import { readRegister } from "./register";

/** Bytes of every request before it is sealed. */
const SIZE = 1536;

/** The relay, as the register names it: `key` is the gateway's key configuration. */
export interface Relay {
  url: string;
  operator: string;
  key: Bytes;
  /** False if this browser cannot seal. */
  isUsable: boolean;
}

/** The relay takes nothing now, or the register names none any longer: the person decides. */
export class RelayAway extends Error {
  override readonly name = "RelayAway";

  constructor(readonly operator: string) {
    super("the relay does not answer");
  }
}

/** The time until a relay that is away is asked again. */
export const RETRY_MS = 30_000;

let known: Promise<Relay | undefined> | undefined;

/** The relay that the register names; undefined if it names none. Read once a page, before anybody signs. */
export function relayOf(of: Instance): Promise<Relay | undefined> {
  known ??= read(of).catch((e: unknown) => {
    known = undefined;
    throw e;
  });
  return known;
}

/** Reads the register again: the key may be another now. */
export function rereadRelay(of: Instance): Promise<Relay | undefined> {
  known = undefined;
  return relayOf(of);
}

async function read(of: Instance): Promise<Relay | undefined> {
  const named = (await readRegister(of)).relay();
  if (named === undefined) return undefined;
  const isUsable = await isSupported();
  return asProofFailure("relay", () =>
    Promise.resolve({ url: String(named.url), operator: String(named.operator), key: unbase64(String(named.key)), isUsable }),
  );
}

/** Seals a request to a box; every one has the same length. */
export const sealFor = (of: Instance, relay: Relay, path: string, body: Bytes): Promise<Sealed> =>
  asProofFailure("relay", () => seal(relay.key, binaryRequest(of.host, path, body, SIZE)));

/** What the relay says about a sealed request. */
export type RelayAnswer = { state: "waiting" } | { state: "over" } | { state: "answered"; text: string };

/**
 * Hands a sealed request to the relay, or asks for its answer: `waiting` until there is one, `over` if it must be sealed
 * again.
 *
 * @throws RelayAway if the relay takes nothing now
 * @throws Refused if the box refuses
 */
export async function throughRelay(relay: Relay, sealed: Sealed): Promise<RelayAnswer> {
  const { status, body } = await postSealed(relay.url, sealed.request).catch((e: unknown) => {
    throw e instanceof Unreachable ? new RelayAway(relay.operator) : e;
  });
  if (status === 202) return { state: "waiting" };
  if (status === 400 || status === 410) return { state: "over" };
  if (status !== 200) throw new RelayAway(relay.operator);
  const response = await open(sealed, body)
    .then(parseResponse)
    .catch(() => {
      throw new RelayAway(relay.operator); // not the instance's answer
    });
  if (response.status !== 202) throw refusal(response.status, response.content);
  return { state: "answered", text: fromUtf8(response.content) };
}
