import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { IdSource } from '../src/main/ports.ts';

/** Random bytes an id takes. */
const idBytes = 16;

/** Random bytes are had for so many ids at once: asking for them costs more than all else about an id. */
const pooledIds = 256;

const greatestCount = 0xff_ff_ff_ff;

/** UUIDv7s that sort as made: they count within a millisecond, and never step back with the clock. */
class UuidIds implements IdSource {
  private readonly pool = new Uint8Array(idBytes * pooledIds);
  private used = pooledIds;
  private ms = 0;
  private count = 0;

  next(): string {
    if (this.used === pooledIds) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    const at = this.used * idBytes;
    const random = this.pool.subarray(at, at + idBytes);
    this.used += 1;
    const now = Date.now();
    if (now > this.ms) {
      this.ms = now;
      // Begun low at random, so that a millisecond has room to count and two programs differ.
      this.count = (random[6] ?? 0) * 2 ** 23 + (random[7] ?? 0) * 2 ** 15;
    } else if (this.count === greatestCount) {
      this.ms += 1;
      this.count = 0;
    } else {
      this.count += 1;
    }
    return v7({ msecs: this.ms, seq: this.count, random });
  }
}

export const uuidIds: IdSource = new UuidIds();
