/** QR codes (ISO/IEC 18004) between two screens: draws one, and reads one with the camera. Nothing leaves the device. */
import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";
import { button, h, t } from "./page";

const SVG = "http://www.w3.org/2000/svg";
const QUIET_ZONE = 4; // modules
const LOOK_MS = 150;

/** Returns a picture of `text`, black on white in every colour scheme. */
export function qrPicture(text: string, label: string): SVGElement {
  const modules = encodeQR(text, "raw", { border: QUIET_ZONE });
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: `0 0 ${modules.length} ${modules.length}`, class: "qr", role: "img", "aria-label": label, "shape-rendering": "crispEdges" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}

/** True if this browser can ask for a camera. */
const hasCamera = (): boolean => navigator.mediaDevices?.getUserMedia !== undefined;

/**
 * Shows the camera's picture in `area` until a QR code is read or the person ends it, and turns the camera off.
 *
 * @returns the code's text; undefined if the person ended it
 * @throws DOMException if there is no camera, or the person refuses it
 */
async function scanQr(area: HTMLElement): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  const video = h("video", { class: "scanner", muted: true, playsinline: true, "aria-label": t("scanHint") }) as HTMLVideoElement;
  let isEnded = false;
  const end = button(t("cancel"), () => (isEnded = true), { class: "button button-secondary" });
  area.replaceChildren(h("p", { class: "hint" }, t("scanHint")), video, h("p", {}, end));
  try {
    video.srcObject = stream;
    await video.play();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (isEnded || !area.isConnected) return undefined;
      const read = look(video);
      if (read !== undefined) return read;
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
    area.replaceChildren();
  }
}

/** A button that reads a QR code with the camera, shown in `area`; undefined if this browser cannot ask for a camera. */
export function scanButton(label: string, area: HTMLElement, onRead: (text: string) => void): HTMLElement | undefined {
  if (!hasCamera()) return undefined;
  const read = async (): Promise<void> => {
    scan.setAttribute("disabled", "");
    const text = await scanQr(area).catch(() => {
      area.replaceChildren(h("p", { class: "error", role: "alert" }, t("scanRefused")));
      return undefined;
    });
    scan.removeAttribute("disabled");
    if (text !== undefined) onRead(text);
  };
  const scan = button(label, () => void read(), { class: "button button-secondary", "data-testid": "scan" });
  return scan;
}

function look(video: HTMLVideoElement): string | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return undefined;
  const canvas = h("canvas") as HTMLCanvasElement;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(video, 0, 0);
  try {
    return decodeQR(context.getImageData(0, 0, width, height));
  } catch {
    return undefined; // no code in this picture
  }
}
