/** Enhances the record page: verifies the newest checkpoint in this browser, and copies commands. */
import { Unreachable } from "./http";
import { boxLog, loadInstance, newestCheckpoint } from "./logs";
import { button, explain, h, t } from "./page";
import { StorageRefused } from "./store";

async function showVerification(root: HTMLElement): Promise<void> {
  root.replaceChildren(h("p", { class: "hint" }, t("recordChecking")));
  try {
    const of = await loadInstance();
    await newestCheckpoint(of, boxLog(of, root.dataset.box ?? ""));
    root.replaceChildren(h("p", { class: "status-ok", "data-testid": "checkpoint-good" }, t("recordGood")));
  } catch (e) {
    if (e instanceof StorageRefused) return root.replaceChildren(explain(e));
    const what = e instanceof Error ? e.message : "";
    root.replaceChildren(h("p", { class: "status-bad", role: "alert" }, t("recordBad", { what })));
  }
}

const root = document.getElementById("record-live");
if (root !== null) void showVerification(root);

const recount = document.getElementById("recount-live");
if (recount !== null) {
  const start = button(
    recount.dataset.start ?? "",
    () => {
      // the script is loaded only now: the page stays light for those who only read it
      import(recount.dataset.script!).then(
        ({ recountHere }: { recountHere: (root: HTMLElement) => void }) => recountHere(recount),
        () => recount.replaceChildren(explain(new Unreachable("the script did not come")), start),
      );
    },
    { id: "recount-start" },
  );
  recount.append(start);
}

for (const place of document.querySelectorAll<HTMLElement>("[data-copy]")) {
  const copy = button(
    t("copyIt"),
    () => {
      const source = document.querySelector(place.dataset.copy ?? "");
      if (source === null) return;
      void navigator.clipboard.writeText(source.textContent.trim()).then(() => {
        copy.textContent = t("copy");
      });
    },
    { class: "button button-secondary" },
  );
  place.append(copy);
}
