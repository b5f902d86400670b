// `npm run seed -- --contacts N [--data-dir DIR]`: made-up records, links and two pipelines, the same for the same N.
import { parseArgs } from 'node:util';
import { amountsFor, generateRecords } from '../bench/data/generate.ts';
import { insertSecondPipeline, linkFurther } from '../bench/data/pipelines-and-links.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { isEmptyFile } from '../src/main/crm/sample-data/load-sample-data.ts';
import { insertFirstRows } from '../src/main/db/first-rows.ts';
import { openDatabase } from '../src/main/db/open-database.ts';
import { Committer } from '../src/main/db/unit-of-work.ts';
import { EventBus } from '../src/main/events/event-bus.ts';
import { dataFolder } from './support/data-folder.mjs';

const { values } = parseArgs({
  options: { contacts: { type: 'string', default: '10000' }, 'data-dir': { type: 'string' } },
});
const contacts = Number(values.contacts);
if (!Number.isInteger(contacts) || contacts < 1) {
  console.error(`--contacts must be a whole number from 1 on, not "${values.contacts}".`);
  process.exit(1);
}

const folder = dataFolder(process.argv.slice(2), process.env, process.platform);
const connection = openDatabase(folder);
const { sqlite, reader } = connection;
try {
  new Committer(connection, systemClock, uuidIds, new EventBus(console)).commit(
    { kind: 'user' },
    insertFirstRows,
  );
  if (!isEmptyFile(reader)) {
    console.error(`${folder} has records already. Choose another folder with --data-dir.`);
    process.exitCode = 1;
  } else {
    const amounts = amountsFor(contacts);
    const rows = Object.values(amounts).reduce((sum: number, amount: number) => sum + amount, 0);
    insertSecondPipeline(sqlite);
    generateRecords(sqlite, amounts, (written) => {
      process.stdout.write(`\r${Math.round((100 * written) / rows)} %`);
    });
    const links = linkFurther(sqlite);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    console.log(
      `\r${rows.toLocaleString('en')} records and ${links.toLocaleString('en')} links in ${folder}.`,
    );
  }
} finally {
  sqlite.close();
}
