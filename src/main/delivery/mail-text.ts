import sanitizeHtml from 'sanitize-html';

/**
 * HTML as it may be kept, shown and sent: no scripts, forms, frames, event handlers or foreign protocols. Pictures and
 * inline styles stay, as mail needs them.
 */
export function cleanHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'center', 'font'],
    allowedAttributes: {
      ...sanitizeHtml.defaults.allowedAttributes,
      '*': ['style', 'align', 'valign', 'width', 'height', 'bgcolor', 'dir', 'lang', 'title'],
      font: ['color', 'face', 'size'],
      img: ['src', 'alt'],
      table: ['border', 'cellpadding', 'cellspacing', 'role'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https', 'http', 'cid', 'data'] },
    disallowedTagsMode: 'discard',
  });
}

export interface MailText {
  readonly text: string;
  readonly html: string | null;
}

/** The text of a mail with the account's signature below it, its HTML cleaned. */
export function withSignature({ text, html }: MailText, signature: string | null): MailText {
  const clean = html === null || html.trim() === '' ? null : cleanHtml(html);
  if (signature === null || signature.trim() === '') return { text, html: clean };
  const lines = signature.trim();
  return {
    // "-- " on a line of its own is how mail programs know a signature.
    text: `${text.trimEnd()}\n\n-- \n${lines}\n`,
    html:
      clean === null
        ? null
        : `${clean}\n<p>-- <br>${escapeHtml(lines).replaceAll('\n', '<br>')}</p>`,
  };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
