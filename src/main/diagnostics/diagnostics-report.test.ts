import { writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestCore } from '../../../tests/support/test-core.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { errorShape } from './error-shape.ts';

/** What a user typed somewhere; each is found only if the report tells it. */
const typed = {
  firstName: 'Quarkelina',
  lastName: 'Zwitscher',
  email: 'quarkelina@zwitscher.example',
  company: 'Klabauter Werft',
  deal: 'Leuchtturm umbauen',
  task: 'Seekarte schicken',
  note: 'Mag keine Möwen',
  tag: 'hafenfreund',
  workflow: 'Ahoi sagen',
  token: 'Netzflicker',
};

test('the report tells sizes, timings and errors, and nothing that anybody typed', async () => {
  const { client, core, logger, dataDir, settle } = createTestCore({
    dataDir: temporaryFolder(),
    backupDir: temporaryFolder(),
  });
  const company = await client.companies.create({ name: typed.company });
  const contact = await client.contacts.create({
    first_name: typed.firstName,
    last_name: typed.lastName,
    email: typed.email,
    company_id: company.id,
    tags: [typed.tag],
  });
  await client.deals.create({ title: typed.deal, contact_id: contact.id, value: 4_711 });
  await client.activities.create({ type: 'task', title: typed.task });
  await client.notes.create({
    object: 'contact',
    record_id: contact.id,
    body: `<p>${typed.note}</p>`,
  });
  await client.access.create_token({ name: typed.token });
  const workflow = await client.workflows.create({
    name: typed.workflow,
    trigger_type: 'manual',
    status: 'active',
    // Fails without a contact, and the log names the workflow.
    actions: [
      {
        type: 'update_field',
        config: { object: 'contact', field: 'job_title', value: typed.note },
      },
    ],
  });
  await client.workflows.execute({ id: workflow.id });
  await client.contacts.create({ first_name: typed.firstName });
  await settle();
  await client.backups.make();
  // An error as the disk would make it, with a path of the user's in it.
  writeFileSync(join(dataDir, typed.company), '');
  await expect(
    client.backups.export_copy({ path: join(dataDir, typed.company, 'copy.db') }),
  ).rejects.toThrow();
  expect(logger.errors.join('\n')).toContain(typed.workflow);

  const { text } = await client.diagnostics.report();

  expect(text).toContain('0.0.0-test');
  expect(text).toMatch(/contacts: about 2\n/);
  expect(text).toMatch(/runs failed: 1\n/);
  expect(text).toMatch(/backups: [12], newest \d{4}/);
  expect(text).toMatch(/1× Workflow trigger error/);
  expect(text).toMatch(/contacts\.create: 2 calls/);
  const personal = [
    ...Object.values(typed),
    workflow.id,
    contact.id,
    dataDir,
    homedir(),
    hostname(),
    userInfo().username,
    '4711',
  ];
  expect(personal.filter((words) => text.includes(words))).toEqual([]);
  await core.stop();
});

test('of an error only the words of the program are told', () => {
  const error = [
    `Unexpected fault in contacts.create: SqliteError: ${typed.firstName} SQLITE_FULL at ${typed.email}`,
    `    at Writer.run (file:///home/${typed.lastName}/app/out/main/chunks/core-a1b2.js:120:7)`,
    `    at async file:///home/${typed.lastName}/app/out/main/server.js:9:1`,
    `    at ${typed.firstName} (/home/${typed.lastName}/notes.js:1:1)`,
  ].join('\n');
  expect(errorShape(error)).toEqual({
    what: 'Unexpected fault',
    codes: ['SqliteError', 'SQLITE_FULL'],
    frames: ['Writer.run (core-a1b2.js:120:7)', 'server.js:9:1'],
  });
  expect(errorShape(`${typed.firstName}: EACCES`)).toEqual({
    what: 'Another error',
    codes: ['EACCES'],
    frames: [],
  });
});
