/** Recounts the petition of a record page. The page loads this script when a person asks for it. */
import { start } from "./panel";

/** @param root has the address of the worker and the path of the petition's page */
export function recountHere(root: HTMLElement): void {
  const { worker, path } = root.dataset;
  if (worker === undefined || path === undefined) throw new Error("the page does not name its worker and its petition");
  start({ root, worker, again: () => recountHere(root), level: 3 }, location.origin + path);
}
