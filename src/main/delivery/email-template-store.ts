import type { EmailTemplate } from '../../shared/contract/mail.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors.ts';
import { cleanHtml } from './mail-text.ts';

type Editable = Pick<EmailTemplate, 'name' | 'subject' | 'body' | 'html'>;

const columns = 'id, name, subject, body, html, created_at, updated_at';

export function listEmailTemplates(db: Reader): EmailTemplate[] {
  return db.all<EmailTemplate>(`SELECT ${columns} FROM email_templates ORDER BY name, seq`);
}

/** @throws UserError `not_found` */
export function getEmailTemplate(db: Reader, id: string): EmailTemplate {
  const row = db.get<EmailTemplate>(`SELECT ${columns} FROM email_templates WHERE id = ?`, id);
  if (!row) throw notFound('email template', id);
  return row;
}

function clean(html: string | null | undefined): string | null {
  return html === null || html === undefined || html.trim() === '' ? null : cleanHtml(html);
}

export function createEmailTemplate(
  unit: UnitOfWork,
  { name, subject, body, html }: Omit<Editable, 'html'> & { html?: string | null | undefined },
): EmailTemplate {
  const id = unit.ids.next();
  unit.db.run(
    'INSERT INTO email_templates (id, name, subject, body, html, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    name,
    subject,
    body,
    clean(html),
    unit.nowText,
    unit.nowText,
  );
  unit.touch('email_template', id);
  return getEmailTemplate(unit.db, id);
}

/** @throws UserError `not_found` */
export function updateEmailTemplate(
  unit: UnitOfWork,
  id: string,
  patch: { readonly [K in keyof Editable]?: Editable[K] | undefined },
): EmailTemplate {
  const old = getEmailTemplate(unit.db, id);
  unit.db.run(
    'UPDATE email_templates SET name = ?, subject = ?, body = ?, html = ?, updated_at = ? WHERE id = ?',
    patch.name ?? old.name,
    patch.subject ?? old.subject,
    patch.body ?? old.body,
    patch.html === undefined ? old.html : clean(patch.html),
    unit.nowText,
    id,
  );
  unit.touch('email_template', id);
  return getEmailTemplate(unit.db, id);
}

/** @throws UserError `not_found` */
export function removeEmailTemplate(unit: UnitOfWork, id: string): void {
  getEmailTemplate(unit.db, id);
  unit.db.run('DELETE FROM email_templates WHERE id = ?', id);
  unit.touch('email_template', id);
}
