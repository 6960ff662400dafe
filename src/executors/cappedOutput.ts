import { Buffer } from 'node:buffer';

/** Where everything goes once it no longer fits; bounded by whoever makes it. */
export interface Spill {
  write(chunk: Uint8Array): void;
}

/** What is kept of a stream whose length nobody knows. */
export interface KeptOutput {
  readonly text: string;
  readonly truncated: boolean;
  /** Bytes in all, kept or not. */
  readonly bytes: number;
}

/**
 * Keeps the head and the tail of a stream within a budget of bytes, cuts only between characters,
 * and says how much is missing. What it holds never grows beyond the budget and one chunk.
 */
export class CappedOutput {
  readonly #headBudget: number;
  readonly #tailBudget: number;
  readonly #openSpill: (() => Spill) | undefined;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #total = 0;
  /** Bytes whose text was given out to be shown. */
  #shown = 0;
  #spill: Spill | undefined;

  constructor(budget: number, openSpill?: () => Spill) {
    this.#headBudget = Math.ceil(budget / 2);
    this.#tailBudget = Math.floor(budget / 2);
    this.#openSpill = openSpill;
  }

  get bytes(): number {
    return this.#total;
  }

  /**
   * Takes a chunk and returns the text to show at once: everything while there is room in the budget, and
   * the head in any case. `rest` has the end.
   */
  push(chunk: Uint8Array): string {
    const bytes = Buffer.from(chunk);
    const fittedBefore = this.#fits();
    this.#total += bytes.length;
    const overflows = fittedBefore && !this.#fits();
    if (overflows) this.#startSpill();
    this.#spill?.write(bytes);
    const room = Math.max(0, this.#headBudget - this.#headBytes);
    if (room > 0) this.#keepHead(bytes.subarray(0, room));
    if (bytes.length > room) this.#keepTail(bytes.subarray(room));
    if (this.#fits()) return this.#show(bytes);
    if (!overflows) return '';
    return `${this.#show(bytes.subarray(0, room))}\n… more output follows; its end is shown when the run is over …\n`;
  }

  /** What is kept and was not given out by `push`: the end, after what was left out. Gives it once. */
  rest(): string {
    if (this.#fits() || this.#shown === this.#total) return '';
    const tail = Buffer.concat(this.#tail).subarray(-this.#tailBudget);
    const gap = this.#total - tail.length - this.#shown;
    this.#shown = this.#total;
    if (gap <= 0) return decode(withWholeStart(tail, -gap));
    const end = withoutCutStart(tail);
    return `${leftOut(gap + tail.length - end.length, this.#total)}${decode(end)}`;
  }

  finish(): KeptOutput {
    if (this.#fits()) {
      const all = Buffer.concat([...this.#head, ...this.#tail]);
      return { text: decode(all), truncated: false, bytes: this.#total };
    }
    const head = withoutCutEnd(Buffer.concat(this.#head));
    const tail = withoutCutStart(Buffer.concat(this.#tail).subarray(-this.#tailBudget));
    const missing = this.#total - head.length - tail.length;
    const marker = leftOut(missing, this.#total);
    return { text: decode(head) + marker + decode(tail), truncated: true, bytes: this.#total };
  }

  #show(bytes: Buffer): string {
    this.#shown += bytes.length;
    return this.#decoder.decode(bytes, { stream: true });
  }

  #fits(): boolean {
    return this.#total <= this.#headBudget + this.#tailBudget;
  }

  #keepHead(bytes: Buffer): void {
    this.#head.push(bytes);
    this.#headBytes += bytes.length;
  }

  #keepTail(bytes: Buffer): void {
    this.#tail.push(bytes);
    this.#tailBytes += bytes.length;
    // Compacted now and then, so that many small chunks don't pile up.
    if (this.#tailBytes > 2 * this.#tailBudget + 65536 || this.#tail.length > 4096) {
      const all = Buffer.concat(this.#tail);
      const kept = this.#fits() ? all : Buffer.from(all.subarray(-this.#tailBudget));
      this.#tail = [kept];
      this.#tailBytes = kept.length;
    }
  }

  /** Everything so far is still here when the budget overflows for the first time. */
  #startSpill(): void {
    this.#spill = this.#openSpill?.();
    for (const chunk of [...this.#head, ...this.#tail]) this.#spill?.write(chunk);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function leftOut(missing: number, total: number): string {
  return `\n… ${missing} of ${total} bytes left out …\n`;
}

/** What follows `from`, with the whole of a UTF-8 sequence that it cuts: its beginning waits in the decoder. */
function withWholeStart(bytes: Buffer, from: number): Buffer {
  let start = from;
  while (start > 0 && from - start < 3 && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start--;
  return bytes.subarray(start);
}

/** Drops a UTF-8 sequence that the end cuts in the middle. */
function withoutCutEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

/** Drops the rest of a UTF-8 sequence whose beginning is missing. */
function withoutCutStart(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start++;
  return bytes.subarray(start);
}
