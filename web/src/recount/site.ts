/** The public files of an instance over HTTP, at one origin. A recount reads nothing else. */
import type { Bytes } from "../bytes";
import { Unreachable } from "../http";

/** The site says that it does not serve this file. */
export class NotServed extends Error {
  override readonly name = "NotServed";
}

export interface Site {
  /**
   * Returns the bytes at `path`, which begins with `/`. They are not trusted.
   *
   * @throws NotServed if the site says that there is no such file: the recount reports it
   * @throws Unreachable if no usable response comes: the recount ends without a report
   */
  read(path: string): Promise<Bytes>;
}

/** In bytes: the longest bundle is 256 entries of 65,535. */
const MAX_RESPONSE = 17 << 20;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;
const PAUSE_MS = 300;

/** A response of any status. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Bytes;
  /** The address after redirects. */
  url: string;
}

async function bounded(response: Response): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > MAX_RESPONSE) {
      await reader.cancel();
      throw new Unreachable(`${response.url} is longer than ${MAX_RESPONSE} bytes`);
    }
    parts.push(part.value);
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

async function attempt(url: URL, redirect: RequestRedirect): Promise<Answer> {
  try {
    const response = await fetch(url, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, headers: response.headers, body: await bounded(response), url: response.url };
  } catch (e) {
    if (e instanceof Unreachable) throw e;
    throw new Unreachable(`no response from ${url.host}`);
  }
}

/** Sends GET, up to three times if the site is not available (no connection, status 5xx or 429). */
export async function get(url: URL, redirect: RequestRedirect = "error"): Promise<Answer> {
  for (let number = 1; ; number++) {
    try {
      const answer = await attempt(url, redirect);
      if (number === ATTEMPTS || !(answer.status >= 500 || answer.status === 429)) return answer;
    } catch (e) {
      if (number === ATTEMPTS) throw e;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * number));
  }
}

export class HttpSite implements Site {
  /** @param origin such as `https://sign.example.org` */
  constructor(readonly origin: string) {}

  async read(path: string): Promise<Bytes> {
    const answer = await get(new URL(this.origin + path));
    if (answer.status === 200) return answer.body;
    if (answer.status === 404 || answer.status === 410) throw new NotServed(path);
    throw new Unreachable(`${this.origin}${path} returned status ${answer.status}`);
  }
}
