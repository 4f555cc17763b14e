/** Requests to our own server and to the relay, without credentials or referrer. Every response is limited in time and length. */
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

async function request<T>(url: string, init: RequestInit, read: (response: Response, body: Bytes) => Promise<T>): Promise<T> {
  let response: Response;
  let bytes: Bytes;
  try {
    response = await fetch(url, {
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
  return read(response, bytes);
}

const send = (path: string, init: RequestInit): Promise<Bytes> =>
  request(path, init, async (response, bytes) => {
    if (response.ok) return bytes;
    throw refusal(response.status, bytes);
  });

/** The refusal that a response's problem details (RFC 9457) describe. */
export function refusal(status: number, body: Bytes): Refused {
  let code = `http-${status}`;
  let keys: string[] = [];
  try {
    const problem = JSON.parse(new TextDecoder().decode(body)) as { type?: unknown; keys?: unknown };
    if (typeof problem.type === "string") code = problem.type.slice(problem.type.lastIndexOf(":") + 1);
    if (Array.isArray(problem.keys)) keys = problem.keys.map(String);
  } catch {
    // the body is not JSON: report the status
  }
  return new Refused(code, keys);
}

const text = (bytes: Bytes): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/**
 * Neither stores the response nor asks for a version that is stored: an entity tag from one request would tell the server
 * at the next one that it comes from the same device.
 */
export const getBytes = (path: string, cache: RequestCache = "no-store"): Promise<Bytes> => send(path, { cache });
export const getText = async (path: string): Promise<string> => text(await getBytes(path));
export const getJson = async (path: string): Promise<unknown> => JSON.parse(await getText(path)) as unknown;

export const postJson = async (path: string, body: unknown): Promise<unknown> =>
  JSON.parse(
    text(
      await send(path, {
        method: "POST",
        cache: "no-store",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    ),
  ) as unknown;

export const postBytes = async (path: string, body: Bytes): Promise<string> =>
  text(await send(path, { method: "POST", cache: "no-store", headers: { "Content-Type": "application/octet-stream" }, body }));

/** Sends a sealed request to another host. @throws Unreachable if no answer comes */
export async function postSealed(url: string, body: Bytes): Promise<{ status: number; body: Bytes }> {
  const headers = { "Content-Type": "message/ohttp-req" };
  return request(url, { method: "POST", cache: "no-store", headers, body }, (response, bytes) => Promise.resolve({ status: response.status, body: bytes }));
}
