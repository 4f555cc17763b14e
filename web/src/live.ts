/**
 * Shows a newly published batch without a reload: the server says that there is one, the page asks for itself again and takes
 * over the parts marked `data-live`. Without this script a reload shows the same.
 */
async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-cache" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-live]");
  document.querySelectorAll("[data-live]").forEach((old, i) => {
    const next = fresh[i];
    if (next === undefined || next.innerHTML === old.innerHTML) return;
    const had = old.contains(document.activeElement);
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.replaceChildren(...next.childNodes);
    old.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? one.open));
    if (had) old.querySelector<HTMLElement>("a, button, summary")?.focus();
  });
  said.textContent = document.querySelector("[data-live] .number")?.textContent.trim() ?? "";
}

/** What a screen reader says when a number changes. */
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

if (document.querySelector("[data-live]") !== null) {
  document.querySelector("main")?.append(said);
  const events = new EventSource(document.querySelector("main")?.dataset.events ?? `${location.pathname}/events`);
  events.addEventListener("batch", () => void refresh());
  addEventListener("pagehide", () => events.close());
}
