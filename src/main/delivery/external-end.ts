import type { StepResult } from '../../shared/contract/workflows.ts';
import { type DeliveryRow, readContent } from './delivery-store.ts';

type ExternalEnd = Pick<StepResult, 'status' | 'output' | 'error' | 'error_kind' | 'warnings'>;

/**
 * What a delivery that came to its end says of the step that waited for it.
 *
 * @returns null while it is on its way
 * @throws Error when its row was damaged
 */
export function externalEnd(row: DeliveryRow | null): ExternalEnd | null {
  if (!row) {
    const error = 'what was to be sent is not in the file any more';
    return { status: 'failed', output: null, error, error_kind: 'fix_input', warnings: [] };
  }
  switch (row.state) {
    case 'sent':
      return {
        status: 'succeeded',
        output: outputOf(row),
        error: null,
        error_kind: null,
        warnings: warningsOf(row),
      };
    case 'failed':
      return {
        status: 'failed',
        output: outputOf(row),
        error: row.last_error,
        error_kind: row.error_kind,
        warnings: [],
      };
    case 'cancelled':
      return {
        status: 'skipped',
        output: { delivery_id: row.id },
        error: null,
        error_kind: null,
        warnings: ['It was cancelled in the Outbox and not sent.'],
      };
    case 'held':
    case 'queued':
    case 'sending':
    case 'uncertain':
      return null;
  }
}

// `answer` is written by the sender alone.
function answerOf(row: DeliveryRow): Readonly<Record<string, unknown>> {
  return row.answer === null ? {} : (JSON.parse(row.answer) as Record<string, unknown>);
}

function outputOf(row: DeliveryRow): Record<string, unknown> {
  const what = readContent(row);
  if (what.kind === 'email') return { delivery_id: row.id, message_id: what.content.message_id };
  const { status, json, body } = answerOf(row);
  return status === undefined
    ? { delivery_id: row.id }
    : { delivery_id: row.id, status, json, body };
}

function warningsOf(row: DeliveryRow): string[] {
  const { refused } = answerOf(row);
  if (!Array.isArray(refused) || refused.length === 0) return [];
  return [`The mail server refused ${refused.map(String).join(', ')}; the others got it.`];
}
