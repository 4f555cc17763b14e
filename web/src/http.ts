/** Requests to our own server, without credentials or referrer. Every response is limited in time and length. */
import type { Bytes } from "./bytes";

/**
 * The server refused a request; `code` is the last part of its problem type (RFC 9457), or `http-` and the status.
 * `keys` is with `key-already-issued`: ids of keys in base64.
 */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(
    readonly code: string,
    readonly keys: string[] = [],
  ) {
    super(code);
  }
}

/** No usable response came: the caller does not know whether the server processed the request. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const TIMEOUT_MS = 30_000;
const MAX_RESPONSE = 8 << 20;

async function send(path: string, init: RequestInit): Promise<Bytes> {
  let response: Response;
  let bytes: Bytes;
  try {
    response = await fetch(path, {
      ...init,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Unreachable("no response");
  }
  if (bytes.length > MAX_RESPONSE) throw new Unreachable("the response is too long");
  if (response.ok) return bytes;
  let code = `http-${response.status}`;
  let keys: string[] = [];
  try {
    const problem = JSON.parse(new TextDecoder().decode(bytes)) as { type?: unknown; keys?: unknown };
    if (typeof problem.type === "string") code = problem.type.slice(problem.type.lastIndexOf(":") + 1);
    if (Array.isArray(problem.keys)) keys = problem.keys.map(String);
  } catch {
    // the body is not JSON: report the status
  }
  throw new Refused(code, keys);
}

const text = (bytes: Bytes): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export const getBytes = (path: string, cache: RequestCache = "no-cache"): Promise<Bytes> => send(path, { cache });
export const getText = async (path: string): Promise<string> => text(await getBytes(path));
export const getJson = async (path: string): Promise<unknown> => JSON.parse(await getText(path)) as unknown;

export const postJson = async (path: string, body: unknown): Promise<unknown> =>
  JSON.parse(
    text(
      await send(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    ),
  ) as unknown;

export const postBytes = async (path: string, body: Bytes): Promise<string> =>
  text(await send(path, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body }));
