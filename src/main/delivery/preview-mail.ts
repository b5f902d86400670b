import { objectNames, type RecordReference } from '../../shared/model/objects.ts';
import { renderTemplate } from '../../shared/workflow/template.ts';
import { localUser } from '../crm/settings/file-settings.ts';
import type { Reader } from '../db/handle.ts';
import { invalid, messageOf } from '../errors.ts';
import { ReachableRecords } from '../workflow/executor/run-context.ts';
import { cleanHtml } from './mail-text.ts';

interface PreviewInput {
  readonly subject: string;
  readonly body: string;
  readonly html: string | null;
  readonly record: RecordReference | null;
}

/**
 * How a saved text would read for a record, with what the record leads to.
 *
 * @throws UserError naming the part whose template cannot be rendered
 */
export function previewMail(db: Reader, input: PreviewInput, now: string, timeZone: string) {
  const records = new ReachableRecords(db, input.record);
  const { name, email } = localUser(db);
  const context = {
    ...Object.fromEntries(objectNames.map((object) => [object, records.record(object) ?? {}])),
    contact_name: records.record('contact')?.name ?? null,
    contact_email: records.record('contact')?.email ?? null,
    deal_title: records.record('deal')?.title ?? null,
    user: { name, email },
    now,
  };
  const empty = new Set<string>();
  const render = (part: string, text: string, output: 'text' | 'html'): string => {
    try {
      const rendered = renderTemplate(text, context, timeZone, output);
      for (const path of rendered.empty) empty.add(path);
      return rendered.text;
    } catch (error) {
      const [reason] = messageOf(error).split('\n');
      throw invalid(part, `${part}: ${reason}`);
    }
  };
  return {
    subject: render('subject', input.subject, 'text'),
    text: render('body', input.body, 'text'),
    html: input.html === null ? null : cleanHtml(render('html', input.html, 'html')),
    empty: [...empty],
  };
}
