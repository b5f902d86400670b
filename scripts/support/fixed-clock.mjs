// Loaded into the server by `npm run screenshots`, so that its pictures are the same on any day.

/** A Tuesday morning; the pictures' own present. */
export const fixedNow = Date.parse('2026-03-17T09:30:00.000Z');

let reads = 0;
const RealDate = Date;

// A clock that stands still would give every record the same instant, so each reading is a millisecond later.
const read = () => fixedNow + reads++;

if (process.env['TRELLIS_SCREENSHOTS'] === '1') {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given) =>
      given.length === 0 ? new target(read()) : Reflect.construct(target, given),
    get: (target, name) => (name === 'now' ? read : Reflect.get(target, name)),
  });
}
