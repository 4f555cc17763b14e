/**
 * The counts of a box that a page shows, with markup that a recount can check:
 * `<data class="count" data-box="BOX" data-class="member" data-size="N" value="C">C</data>`.
 */
export interface PageNumber {
  box: string;
  className: string;
  /** The number of leaves of the box at that count; -1 if the markup does not contain it. */
  size: number;
  /** A number, or `<10` for a count that is too small to publish. */
  value: string;
  /** The text that a person reads there; undefined if it is not plain short text. */
  read: string | undefined;
}

/** A smaller count could identify people. */
const SMALL = 10;
const TAG = "<data";
const MAX_ATTRIBUTES = 1000;
const MAX_READ = 60;
const END = "</data>";

/** All marked counts on a page, of any box. A hostile page is searched in one pass: each tag is read up to a bounded length. */
export function pageNumbers(html: string): PageNumber[] {
  const numbers: PageNumber[] = [];
  for (let at = html.indexOf(TAG); at >= 0; ) {
    const from = at + TAG.length;
    const tag = html.slice(from, from + 1 + MAX_ATTRIBUTES + 1);
    const close = /^[ \t\n\v\f\r]/.test(tag) ? tag.indexOf(">") : -1;
    if (close >= 0) {
      const attributes = tag.slice(1, close);
      const rest = html.slice(from + close + 1, from + close + 1 + MAX_READ + END.length);
      const text = rest.indexOf("<");
      const read = text >= 0 && rest.startsWith(END, text) ? rest.slice(0, text) : undefined;
      if (attribute(attributes, "class").split(/[ \t\n\v\f\r]+/).includes("count")) numbers.push(number(attributes, read));
    }
    at = html.indexOf(TAG, close >= 0 ? from + close : from);
  }
  return numbers;
}

function number(attributes: string, read: string | undefined): PageNumber {
  const size = attribute(attributes, "data-size");
  return {
    box: attribute(attributes, "data-box"),
    className: attribute(attributes, "data-class"),
    size: /^[0-9]{1,15}$/.test(size) ? Number(size) : -1,
    value: attribute(attributes, "value").replaceAll("&lt;", "<"),
    read,
  };
}

function attribute(attributes: string, name: string): string {
  for (const [, found, double, single] of attributes.matchAll(/([a-z-]+)[ \t\n\v\f\r]*=[ \t\n\v\f\r]*(?:"([^"]*)"|'([^']*)')/g)) {
    if (found === name) return double ?? single!;
  }
  return "";
}

const digits = (text: string): string => text.replace(/[^0-9]/g, "");

/** True if the visible text has the same digits as the value, in any grouping. */
export const isReadAsValue = ({ read, value }: PageNumber): boolean => read !== undefined && digits(read) === digits(value);

/** True if the value is correct for a class with `count` signatures. */
export const isCorrectFor = ({ value }: PageNumber, count: number): boolean =>
  value === `<${SMALL}` ? count < SMALL : value === String(count);

/** True if a page may omit `count`. */
export const mayHide = (count: number): boolean => count < SMALL;
