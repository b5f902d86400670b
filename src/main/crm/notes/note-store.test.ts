import { describe, expect, test } from 'vitest';
import { storedEvents } from '../../../../tests/support/stored-rows.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import { activeWorkflow, onlyRunOf, task, titlesOf } from '../../../../tests/support/workflows.ts';
import { noteFromText, readNoteBody, textOfNote } from './note-body.ts';

describe('what a note may hold', () => {
  test.each([
    ['<p>Hi <b>you</b></p>', '<p>Hi <strong>you</strong></p>'],
    ['<p onclick="x()">a</p><script>alert(1)</script>', '<p>a</p>'],
    ['<img src=x onerror=alert(1)><p>a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer" target="_blank">x</a>'],
    [
      '<a href="https://a.example" style="x">x</a>',
      '<a href="https://a.example" rel="noopener noreferrer" target="_blank">x</a>',
    ],
    ['<svg><script>1</script></svg><p>a</p>', '<p>a</p>'],
    ['<p>a', '<p>a</p>'],
    ['2 < 3 & 4 > 1', '<p>2 &lt; 3 &amp; 4 &gt; 1</p>'],
    ['one\ntwo\n\nthree', '<p>one<br />two</p><p>three</p>'],
  ])('%s', (given, kept) => {
    expect(readNoteBody(given)).toBe(kept);
  });

  test('what is kept is kept for good, and reads as its words', () => {
    const body = readNoteBody('<h2>Call</h2><ul><li>a &amp; b</li><li>c</li></ul><p>1 &lt; 2</p>');
    expect(readNoteBody(body)).toBe(body);
    expect(textOfNote(body)).toBe('Call\na & b\nc\n1 < 2');
    expect(textOfNote(noteFromText('<script>x</script>'))).toBe('<script>x</script>');
  });
});

describe('a note', () => {
  test('is written, changed and deleted, each told with the keys of its record, and undone', async () => {
    const { client, outside } = createTestCore({ start: false });
    const contact = await client.contacts.create({ first_name: 'Anna' });
    const note = await client.notes.create({
      object: 'contact',
      record_id: contact.id,
      body: '<p>Met <em>her</em></p>',
    });
    expect(note).toMatchObject({ body: '<p>Met <em>her</em></p>', text: 'Met her' });
    await client.notes.update({ id: note.id, body: 'Called her' });
    await client.notes.update({ id: note.id, body: '<p>Called her</p>' });
    await client.notes.remove({ id: note.id });
    await expect(client.notes.get({ id: note.id })).rejects.toMatchObject({ code: 'not_found' });
    expect(storedEvents(outside).slice(1)).toMatchObject([
      {
        type: 'note_created',
        object: 'contact',
        record_id: contact.id,
        data: { keys: { contact_name: 'Anna', note_id: note.id, note_text: 'Met her' } },
      },
      { type: 'note_updated', data: { keys: { note_text: 'Called her' } } },
      { type: 'note_deleted' },
    ]);
    const place = { object: 'contact', id: contact.id };
    expect((await client.history.undo()).action).toMatchObject({ operation: 'delete', place });
    expect(await client.notes.get({ id: note.id })).toMatchObject({ text: 'Called her' });
    await client.history.undo();
    expect(await client.notes.get({ id: note.id })).toMatchObject({ body: note.body });
    await client.history.undo();
    expect((await client.notes.list({ record_id: contact.id })).items).toEqual([]);
    await client.history.redo();
    expect((await client.notes.list({ object: 'contact' })).items).toMatchObject([{ id: note.id }]);
  });

  test('that says nothing, or is on nothing, is refused', async () => {
    const { client } = createTestCore({ start: false });
    const { id } = await client.companies.create({ name: 'Berg' });
    const on = { object: 'company', record_id: id } as const;
    for (const body of ['', '  ', '<p></p>', '<script>x</script>']) {
      await expect(client.notes.create({ ...on, body })).rejects.toMatchObject({
        code: 'validation_failed',
        data: { field: 'body' },
      });
    }
    await expect(client.notes.create({ ...on, object: 'deal', body: 'x' })).rejects.toMatchObject({
      data: { field: 'record_id' },
    });
  });

  test('written in the file by another program is shown without what it must not hold', async () => {
    const { client, outside } = createTestCore({ start: false });
    const contact = await client.contacts.create({ first_name: 'Anna' });
    outside
      .prepare(
        'INSERT INTO notes (id, object, record_id, body, text, owner_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        'n1',
        'contact',
        contact.id,
        '<p>a</p><script>x</script>',
        'a',
        contact.owner_id,
        'x',
        'x',
      );
    expect((await client.notes.get({ id: 'n1' })).body).toBe('<p>a</p>');
  });
});

describe('in workflows', () => {
  test('a note on a deal starts them, with its words and what it is on', async () => {
    const core = createTestCore();
    await activeWorkflow(
      core,
      'note_created',
      [task('{{deal.title}} / {{contact.name}}: {{note_text}}')],
      { trigger_config: { object: 'deal' } },
    );
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    const deal = await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
    await core.client.notes.create({ object: 'contact', record_id: contact.id, body: 'not this' });
    await core.client.notes.create({
      object: 'deal',
      record_id: deal.id,
      body: '<p>Wants two</p>',
    });
    await core.settle();
    expect(await titlesOf(core)).toEqual(['Roof / Anna: Wants two']);
  });

  test('create_note writes what the variables say as text, in the name of the run', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [
      { type: 'create_note', config: { object: 'deal', body: 'New: {{deal_title}}\nby itself' } },
      { type: 'create_note', config: { object: 'contact', body: 'Hello' } },
    ]);
    const deal = await core.client.deals.create({ title: '<b>Roof</b>' });
    await core.settle();
    const { items } = await core.client.notes.list({ record_id: deal.id });
    expect(items).toMatchObject([
      {
        body: '<p>New: &lt;b&gt;Roof&lt;/b&gt;<br />by itself</p>',
        text: 'New: <b>Roof</b>\nby itself',
      },
    ]);
    expect(await onlyRunOf(core, workflow.id)).toMatchObject({
      status: 'failed',
      error_message: expect.stringContaining('there is no contact to write a note on'),
      actions_executed: [{ output: { note_id: items[0]?.id } }, {}],
    });
  });
});
