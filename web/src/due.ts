/** On every page: offers to send what a closed page left unsent on this device. Sends no request itself. */
import { isStored, nextDue } from "./store";

const banner = document.getElementById("unsent");

async function offer(): Promise<void> {
  if (banner === null || !(await isStored())) return;
  const next = await nextDue();
  if (next === undefined) return;
  setTimeout(() => (banner.hidden = false), Math.min(Math.max(0, next - Date.now()), 2 ** 31 - 1));
}

offer().catch(() => undefined); // a browser that stores nothing has nothing to send
