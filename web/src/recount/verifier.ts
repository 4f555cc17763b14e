/** The static verifier: recounts a petition of any instance. The address may come in the fragment, which no server sees. */
import { button, h } from "../elements";
import { start } from "./panel";
import { t } from "./texts";

const WORKER = "recountworker.js";

/** The address in the fragment; empty if there is none. */
function handedOver(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

const main = document.querySelector("main")!;

function render(address: string): void {
  const root = document.documentElement;
  document.title = t("title");
  const input = h("input", { id: "address", type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", "aria-describedby": "address-hint", value: address }) as HTMLInputElement;
  const live = h("div", {});
  const form = h(
    "form",
    { novalidate: true },
    h("div", { class: "field" }, h("label", { for: "address" }, t("address")), h("p", { id: "address-hint", class: "hint" }, t("addressHint")), input),
    h("button", { class: "button" }, t("start")),
  );
  const run = (): void => start({ root: live, worker: WORKER, again: run, level: 2 }, input.value);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  const other = root.lang === "es" ? "en" : "es";
  const language = button(t("otherLanguage"), () => {
    root.lang = other;
    render(input.value);
  }, { class: "button button-secondary", lang: other });
  main.replaceChildren(
    h("div", { class: "actions" }, language),
    h("h1", {}, t("title")),
    h("p", { class: "lead" }, t("lead")),
    form,
    h("section", {}, live),
    h("section", {}, h("h2", {}, t("who")), h("p", {}, t("who.copy")), h("p", {}, t("who.host")), h("p", {}, t("who.self"))),
  );
}

document.documentElement.lang = navigator.language.startsWith("es") ? "es" : "en";
render(handedOver());
window.addEventListener("hashchange", () => render(handedOver()));
