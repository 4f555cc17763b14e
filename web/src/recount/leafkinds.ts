/** How many leaves of each type a log has. */
const UNKNOWN = "unknown ";

export class LeafKinds {
  private readonly leavesByType = new Map<string, number>();

  /** @param unknown the type of a leaf that this program does not know */
  add(type: string, unknown: string | undefined): void {
    const name = unknown === undefined ? type : UNKNOWN + unknown;
    this.leavesByType.set(name, (this.leavesByType.get(name) ?? 0) + 1);
  }

  hasUnknown(): boolean {
    return [...this.leavesByType.keys()].some((type) => type.startsWith(UNKNOWN));
  }

  /** For example `3 box.opened, 20 roll.rules`. */
  toString(): string {
    const types = [...this.leavesByType].sort(([a], [b]) => (a < b ? -1 : 1));
    return types.map(([type, count]) => `${count} ${type}`).join(", ");
  }
}
