// node --import …/small-disk.mjs server.js: every database this process opens may grow by 40 pages and no more, which is
// what a full disk looks like to SQLite. Takes no right and no mount, so it is the same on every machine.
import Database from 'better-sqlite3';

const spare = 40;
// oxlint-disable-next-line typescript/unbound-method -- called with its database below
const pragma = Database.prototype.pragma;

/** @this {import('better-sqlite3').Database} */
Database.prototype.pragma = function limited(source, options) {
  const answer = pragma.call(this, source, options);
  // The last pragma of an open: the file is made and migrated by then only if it was before.
  if (source.startsWith('cache_size')) {
    const pages = Number(pragma.call(this, 'page_count', { simple: true }));
    if (pages > 1) pragma.call(this, `max_page_count = ${pages + spare}`);
  }
  return answer;
};
