/** Describes the state of a signature on this device in plain words. */
import { t } from "./page";
import type { BoxRecord } from "./store";

export function describeState(record: BoxRecord | undefined): string {
  if (record === undefined) return t("bookWithout");
  if (record.keys === undefined) return t("bookSpent");
  if (record.withdrawal?.found !== undefined) return t("mineWithdrawn");
  if (record.withdrawal !== undefined) return t("mineWithdrawing");
  if (record.entry?.found !== undefined) return t("mineFound", { index: record.entry.found.index });
  if (record.entry === undefined) return t("bookUnused");
  if (record.entry.refused !== undefined) return t("mineRefused");
  if (record.entry.promise === undefined && record.entry.takenAt !== undefined) return t("mineRelayed");
  return record.entry.promise === undefined ? t("mineUnsent") : t("mineWaiting");
}
