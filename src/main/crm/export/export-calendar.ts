import ICAL from 'ical.js';
import type { ExportSelection } from '../../../shared/contract/exports.ts';
import {
  type ExportedPart,
  type ExportedRecord,
  type ExportParts,
  readPages,
} from './read-pages.ts';

const begin =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Trellis CRM//EN\r\nCALSCALE:GREGORIAN\r\n';
const end = 'END:VCALENDAR\r\n';
/** Nobody says how long an appointment is, and a calendar has to draw it. */
const appointmentMs = 30 * 60_000;

const priorities: Readonly<Record<string, number>> = { high: 1, normal: 5, low: 9 };

/** Activities as iCalendar: a call, a meeting or an email with a time is an appointment, everything else a task to do. */
export async function* exportCalendar(
  parts: ExportParts,
  selection: ExportSelection,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportedPart> {
  let rows = 0;
  yield { text: begin, rows };
  for await (const records of readPages(parts, { object: 'task', ...selection }, signal)) {
    rows += records.length;
    yield { text: records.map(componentOf).join(''), rows };
  }
  yield { text: end, rows };
}

type Property = [name: string, parameters: object, type: string, value: unknown];

function componentOf(record: ExportedRecord): string {
  const text = (name: string): string | null => {
    const value = record[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const at = (name: string, instant: string | null): Property[] =>
    instant === null ? [] : [[name, {}, 'date-time', wholeSeconds(instant)]];
  const due = text('due_at');
  const completed = text('completed_at');
  const isAppointment = text('type') !== 'task' && due !== null;
  const properties: Property[] = [
    ['uid', {}, 'text', text('id')],
    ...at('dtstamp', text('updated_at')),
    ...at('created', text('created_at')),
    ['summary', {}, 'text', text('title') ?? ''],
  ];
  const description = text('description');
  if (description !== null) properties.push(['description', {}, 'text', description]);
  if (isAppointment) {
    const until = new Date(Date.parse(due) + appointmentMs).toISOString();
    properties.push(...at('dtstart', due), ...at('dtend', until));
  } else {
    const priority = priorities[text('priority') ?? ''];
    properties.push(...at('due', due), ...at('completed', completed));
    properties.push(['status', {}, 'text', completed === null ? 'NEEDS-ACTION' : 'COMPLETED']);
    if (priority !== undefined) properties.push(['priority', {}, 'integer', priority]);
  }
  const name = isAppointment ? 'vevent' : 'vtodo';
  return `${ICAL.stringify.component([name, properties, []], ICAL.design.icalendar)}\r\n`;
}

/** iCalendar knows no fractions of a second. */
function wholeSeconds(instant: string): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}
