import "./live";

/**
 * Sends messages to the host page as WordPress's embeds do (wp-includes/js/wp-embed.js). The host page's sandbox
 * does not let this frame open links, so the host page opens a link when this frame sends its address. The host
 * page also sets the frame to the height that this frame sends.
 */
const secret = /[?&]secret=([A-Za-z0-9]+)$/.exec(location.hash)?.[1];

const postToHost = (message: string, value: string | number): void =>
  window.parent.postMessage({ message, value, secret }, "*");

if (secret !== undefined) {
  const height = (): void => postToHost("height", Math.ceil(document.body.getBoundingClientRect().bottom + window.scrollY));
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null) return;
    event.preventDefault();
    postToHost("link", link.href);
  });
  addEventListener("message", (event: MessageEvent<{ message?: unknown; secret?: unknown } | null>) => {
    if (event.source === window.parent && event.data?.message === "ready" && event.data.secret === secret) height();
  });
  new ResizeObserver(height).observe(document.body);
}
