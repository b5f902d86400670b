import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone keeps its offset from UTC, in epoch milliseconds; the end is not part of it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretch last asked for, by zone: asking the calendar costs a thousand times what looking here does. */
const lastStretches = new Map<string, Stretch>();
/** Zones are few; names that only differ in case, as people may type them, must not pile up. */
const keptZones = 50;

/** Whether a zone has the same offset from UTC at two instants and at all between: then days there have 24 hours. */
export function hasSteadyOffset(timeZone: string, aMs: number, bMs: number): boolean {
  const from = Math.min(aMs, bMs);
  let stretch = lastStretches.get(timeZone);
  if (!stretch || from < stretch.from || from >= stretch.to) {
    stretch = stretchAt(timeZone, from);
    if (lastStretches.size >= keptZones) lastStretches.clear();
    lastStretches.set(timeZone, stretch);
  }
  return Math.max(aMs, bMs) < stretch.to;
}

function stretchAt(timeZone: string, ms: number): Stretch {
  // The change before is looked for from the next millisecond, so that one at the very instant is it.
  const after = Temporal.Instant.fromEpochMilliseconds(ms + 1).toZonedDateTimeISO(timeZone);
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return {
    from: after.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
  };
}
