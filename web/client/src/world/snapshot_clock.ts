// The server's time as seen from here: the offset of the fastest recent patch, so that jitter does not show.

const kSamplesMax = 60;

export class SnapshotClock {
  private readonly offsets: number[] = [];

  /** @param serverTime, localTime  milliseconds of the two clocks when a patch arrived. */
  add(serverTime: number, localTime: number): void {
    this.offsets.push(localTime - serverTime);
    if (this.offsets.length > kSamplesMax) this.offsets.shift();
  }

  reset(): void {
    this.offsets.length = 0;
  }

  /** Milliseconds on the server's clock, late by the fastest trip of a patch. */
  serverNow(localTime: number): number {
    return this.offsets.length === 0 ? 0 : localTime - Math.min(...this.offsets);
  }
}
