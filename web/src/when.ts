/** How to send what is cast: the choice that signing and withdrawing offer. */
import type { Sending } from "./casting";
import { Choices } from "./forms";
import { h, t } from "./page";
import type { Relay } from "./relay";

const DAY_MS = 86_400_000;

/**
 * The choice of the way. With a relay: through it, or directly now. Without: at a random moment within a day, or now. The
 * first, which is chosen at the start, tells the least.
 */
export function wayChoices(relay: Relay | undefined): { element: HTMLElement; sending: () => Sending } {
  const operator = relay?.operator ?? "";
  const safest: Record<string, string> = relay === undefined ? { later: t("later") } : { relay: t("whenRelay", { operator }) };
  const choices = new Choices("when", h("legend", {}, t("when")), { ...safest, now: t("now") });
  const sending = (): Sending => {
    const share = crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
    const delay = choices.chosen === "later" ? share * DAY_MS : 0;
    return { sendAt: Date.now() + delay, isRelayed: choices.chosen === "relay" };
  };
  return { element: choices.element, sending };
}
