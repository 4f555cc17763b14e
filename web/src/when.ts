/** How to send what is cast: the choice that signing and withdrawing offer, and what to say when a relay is away. */
import type { Sending } from "./casting";
import { Choices } from "./forms";
import { h, moment, t } from "./page";
import type { Relay, RelayAway } from "./relay";

const DAY_MS = 86_400_000;
/** What is sent so long before the end arrives in time. */
const MARGIN_MS = 15 * 60_000;
/** The longest time on the way through a relay, and some. */
const RELAY_MS = 75 * 60_000;

/**
 * The choice of the way. With a relay: through it, or directly now. Without: at a random moment within a day, or now. The
 * first, which is chosen at the start, tells the least of those that arrive before the box closes.
 *
 * @param closes when the box closes, in milliseconds since 1970
 * @param name   differs for each choice on a page
 */
export function wayChoices(relay: Relay | undefined, closes: number, name = "when"): { element: HTMLElement; sending: () => Sending } {
  const left = closes - Date.now();
  const spread = Math.min(DAY_MS, left - MARGIN_MS);
  const labels: Record<string, string> = {};
  if (relay?.isUsable === true && left > RELAY_MS) labels.relay = t("whenRelay", { operator: relay.operator });
  else if (spread > MARGIN_MS) labels.later = t("later", { time: moment(Date.now() + spread) });
  labels.now = t("now");
  const choices = new Choices("when", h("legend", {}, t("when")), labels, name);
  const notes: HTMLElement[] = [];
  if (relay !== undefined && !relay.isUsable) notes.push(h("p", { class: "hint" }, t("relayUnusable", { operator: relay.operator })));
  if (left <= RELAY_MS) notes.push(h("p", { class: "hint" }, t("closesSoon", { time: moment(closes) })));
  const sending = (): Sending => {
    const share = crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
    const delay = choices.chosen === "later" ? share * spread : 0;
    return { sendAt: Date.now() + delay, isRelayed: choices.chosen === "relay" };
  };
  return { element: h("div", {}, choices.element, ...notes), sending };
}

/** Says that the relay takes nothing now, and what the person can do. */
export const awayText = ({ operator }: RelayAway): string => (operator === "" ? t("relayGone") : t("relayAwayText", { operator }));
