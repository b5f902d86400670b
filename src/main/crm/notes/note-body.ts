import sanitizeHtml from 'sanitize-html';

const allowedTags = [
  'p',
  'br',
  'strong',
  'em',
  's',
  'u',
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'code',
  'pre',
  'h1',
  'h2',
  'h3',
  'hr',
];

const options: sanitizeHtml.IOptions = {
  allowedTags,
  allowedAttributes: { a: ['href', 'rel', 'target'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  transformTags: {
    b: 'strong',
    i: 'em',
    del: 's',
    // A link opens outside, and the page it leads to learns nothing of us.
    a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer', target: '_blank' }),
  },
};

/** What may be shown of HTML that came from anywhere: no scripts, styles, pictures or handlers. */
export function sanitiseNote(html: string): string {
  return sanitizeHtml(html, options).trim();
}

/** Plain text as a note: an empty line parts paragraphs, a line break stays one. */
export function noteFromText(text: string): string {
  return text
    .trim()
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => `<p>${escaped(paragraph.trim()).replaceAll(/\r?\n/g, '<br />')}</p>`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The body of a note as somebody gave it: HTML, or text without any tag. */
export function readNoteBody(given: string): string {
  return /<\/?[a-z][^>]*>/i.test(given) ? sanitiseNote(given) : noteFromText(given);
}

const blockEnds = /<\/(?:p|li|h1|h2|h3|blockquote|pre)>|<br ?\/?>|<hr ?\/?>/g;

/** What a person reads in a note. */
export function textOfNote(html: string): string {
  const lines = html.replaceAll(blockEnds, (end) => `${end}\n`);
  const bare = sanitizeHtml(lines, { allowedTags: [], allowedAttributes: {} });
  return bare
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}
