/** Elements and texts with places, for every script. */

/** Fills the {places} of a text. */
export const fill = (text: string, places: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(places[name] ?? ""));

export type Child = Node | string | undefined;

/** Creates an element with attributes and children. No inline styles: the page's policy forbids them. */
export function h(name: string, attributes: Record<string, string | boolean> = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function button(label: string, onClick: () => void, attributes: Record<string, string> = {}): HTMLElement {
  const element = h("button", { type: "button", class: "button", ...attributes }, label);
  element.addEventListener("click", onClick);
  return element;
}
