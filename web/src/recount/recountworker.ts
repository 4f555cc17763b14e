/**
 * The worker in which a recount runs, so that the page stays usable. It gets one address, and posts the progress and then the outcome or what
 * went wrong. It stores nothing.
 */
import { Unreachable } from "../http";
import { recount, type Outcome } from "./recount";
import { recordUrl, WrongAddress } from "./recordurl";

export type Message =
  | { is: "progress"; log: string; leaves: number; of: number }
  | { is: "outcome"; outcome: Outcome }
  | { is: "trouble"; kind: "notAnAddress" | "noAnswer" | "noRecord" | "otherHost" | "unreachable" | "unsupported" | "failed"; what: string };

/** True if this browser can verify Ed25519; all have RSA-PSS. WebCrypto also needs a page that came by https, or from this machine. */
const isSupported = (): Promise<boolean> =>
  Promise.resolve()
    .then(() => crypto.subtle.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"]))
    .then(
      () => true,
      () => false,
    );

const post = (message: Message): void => postMessage(message);

async function run(address: string): Promise<void> {
  try {
    if (!(await isSupported())) return post({ is: "trouble", kind: "unsupported", what: "" });
    const { site, box, path } = await recordUrl(address);
    const outcome = await recount(site, box, path, (log, leaves, of) => post({ is: "progress", log, leaves, of }));
    post({ is: "outcome", outcome });
  } catch (e) {
    const what = e instanceof Error ? e.message : String(e);
    if (e instanceof WrongAddress) return post({ is: "trouble", kind: e.reason, what: "" });
    post({ is: "trouble", kind: e instanceof Unreachable ? "unreachable" : "failed", what });
  }
}

onmessage = (event: MessageEvent<string>) => void run(event.data);
