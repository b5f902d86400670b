import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { invalid, notFound } from '../errors.ts';
import type { MailAttachment } from './ports.ts';

/** Mail servers take little more than this, coded for mail; in bytes. */
const maximumBytes = 10_000_000;

export interface AttachmentInfo {
  readonly id: string;
  readonly file_name: string;
  readonly content_type: string;
  readonly size_bytes: number;
  readonly created_at: string;
}

const infoColumns = 'id, file_name, content_type, size_bytes, created_at';

/** @throws UserError when it is too large */
export function insertAttachment(unit: UnitOfWork, file: MailAttachment): AttachmentInfo {
  const { file_name: name, content_type: type, content } = file;
  if (content.byteLength > maximumBytes)
    throw invalid('content_base64', 'The file is larger than 10 MB, more than mail servers take.');
  const id = unit.ids.next();
  unit.db.run(
    `INSERT INTO attachments (id, file_name, content_type, size_bytes, content, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    name,
    type,
    content.byteLength,
    content,
    unit.nowText,
  );
  return {
    id,
    file_name: name,
    content_type: type,
    size_bytes: content.byteLength,
    created_at: unit.nowText,
  };
}

export function listAttachments(db: Reader): AttachmentInfo[] {
  return db.all<AttachmentInfo>(
    `SELECT ${infoColumns} FROM attachments ORDER BY seq DESC LIMIT 200`,
  );
}

/** The first id that is no attachment; null when all are. */
export function missingAttachment(db: Reader, ids: readonly string[]): string | null {
  return (
    ids.find((id) => db.get('SELECT 1 FROM attachments WHERE id = ?', id) === undefined) ?? null
  );
}

/** @throws UserError `not_found` when one was removed */
export function readAttachments(db: Reader, ids: readonly string[]): MailAttachment[] {
  return ids.map((id) => {
    const row = db.get<MailAttachment>(
      'SELECT file_name, content_type, content FROM attachments WHERE id = ?',
      id,
    );
    if (!row) throw notFound('attachment', id);
    return row;
  });
}
