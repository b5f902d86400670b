import type { Deal, RecordPatch } from '../../../shared/model/fields/registry.ts';
import { currencyDigits, fromMinorUnits, toMinorUnits } from '../../../shared/model/money.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid } from '../../errors.ts';
import { defaultCurrency } from '../settings/file-settings.ts';
import { plainColumns } from '../records/column-values.ts';
import { readTagNames, tagsColumn } from '../tags/tag-store.ts';
import {
  type Columns,
  defineRecordKind,
  type FollowingEvent,
  type RecordChange,
  type Row,
} from '../records/record-kind.ts';
import { listStages, pipelineBySlug, stageBySlug, type StageRow } from './pipeline.ts';

interface DealRow {
  id: string;
  title: string;
  value_minor: number | null;
  currency: string;
  stage: string;
  stage_name: string;
  pipeline: string;
  status: Deal['status'];
  contact_id: string | null;
  company_id: string | null;
  description: string | null;
  expected_close_date: string | null;
  closed_at: string | null;
  lost_reason: string | null;
  owner_id: string;
  tags: string | null;
  created_at: string;
  updated_at: string;
}

function toDto(stored: Row): Deal {
  // The select below reads exactly these columns.
  const row = stored as unknown as DealRow;
  return {
    id: row.id,
    title: row.title,
    value: row.value_minor === null ? null : fromMinorUnits(row.value_minor, row.currency),
    currency: row.currency,
    stage: row.stage,
    stage_name: row.stage_name,
    pipeline: row.pipeline,
    status: row.status,
    contact_id: row.contact_id,
    company_id: row.company_id,
    description: row.description,
    expected_close_date: row.expected_close_date,
    closed_at: row.closed_at,
    lost_reason: row.lost_reason,
    tags: readTagNames(row.tags),
    owner_id: row.owner_id,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function toColumns(
  db: Reader,
  input: RecordPatch<'deal'>,
  existing: Deal | null,
  nowText: string,
): Columns {
  const columns = plainColumns(db, 'deal', input, ['value', 'stage', 'pipeline']);
  if (!existing) columns['currency'] ??= defaultCurrency(db);
  const currency = input.currency ?? existing?.currency ?? String(columns['currency']);
  const value = input.value === undefined ? (existing?.value ?? null) : input.value;
  if (input.value !== undefined || input.currency !== undefined) {
    columns['value_minor'] = value === null ? null : minorUnits(value, currency);
  }
  const stage = chosenStage(db, input, existing);
  if (stage) {
    columns['stage_id'] = stage.id;
    if (stage.kind !== existing?.status)
      columns['closed_at'] = stage.kind === 'open' ? null : nowText;
  }
  return columns;
}

function minorUnits(value: number, currency: string): number {
  const minor = toMinorUnits(value, currency);
  if (minor === null) {
    const digits = currencyDigits(currency);
    throw invalid(
      'value',
      `value has more decimals than ${currency} allows (${digits}), or is too large. Round it.`,
    );
  }
  return minor;
}

/**
 * The stage a deal is to be in; null leaves it where it is. Another pipeline alone means the stage there that is likest:
 * a won deal stays won.
 */
function chosenStage(
  db: Reader,
  { stage: slug, pipeline }: RecordPatch<'deal'>,
  existing: Deal | null,
): StageRow | null {
  if (slug !== undefined) {
    const stage = stageBySlug(db, slug);
    if (pipeline !== undefined && pipelineBySlug(db, pipeline).slug !== stage.pipeline)
      throw invalid(
        'stage',
        `The stage "${slug}" is in the pipeline "${stage.pipeline}", not in "${pipeline}". Leave one of the two out.`,
      );
    return stage;
  }
  if (pipeline === undefined && existing) return null;
  const all = listStages(db);
  const known =
    pipeline === undefined
      ? all
      : all.filter((stage) => stage.pipeline_id === pipelineBySlug(db, pipeline).id);
  const kind = existing?.status ?? 'open';
  const stage =
    known.find((one) => one.kind === kind) ?? known.find((one) => one.kind === 'open') ?? known[0];
  if (!stage) throw invalid('pipeline', 'pipeline has no stage yet. Add one in Settings.');
  return stage;
}

function eventKeys(deal: Deal) {
  return {
    deal_id: deal.id,
    deal_title: deal.title,
    contact_id: deal.contact_id,
    company_id: deal.company_id,
    owner_id: deal.owner_id,
  };
}

/** A change of stage is a fact of its own, and so is winning or losing by it. */
function furtherEvents({ before, after }: RecordChange<'deal'>): readonly FollowingEvent[] {
  if (before.stage === after.stage) return [];
  const keys = { ...eventKeys(after), old_stage: before.stage, new_stage: after.stage };
  const events: FollowingEvent[] = [{ type: 'deal_stage_changed', keys }];
  if (before.status !== after.status && after.status !== 'open') {
    events.push({ type: after.status === 'won' ? 'deal_won' : 'deal_lost', keys });
  }
  return events;
}

export const dealKind = defineRecordKind<'deal'>({
  object: 'deal',
  table: 'deals',
  noun: 'deal',
  columns: [
    'title',
    'value_minor',
    'currency',
    'stage_id',
    'contact_id',
    'company_id',
    'description',
    'expected_close_date',
    'closed_at',
    'lost_reason',
    'owner_id',
  ],
  select: `SELECT r.*, ${tagsColumn}, s.slug AS stage, s.name AS stage_name, s.kind AS status,
    (SELECT slug FROM pipelines WHERE id = s.pipeline_id) AS pipeline FROM deals r JOIN stages s ON s.id = r.stage_id`,
  expressions: {
    value: 'trellis_major(r.value_minor, r.currency)',
    stage: '(SELECT slug FROM stages WHERE id = r.stage_id)',
    stage_name: '(SELECT name FROM stages WHERE id = r.stage_id)',
    pipeline:
      '(SELECT p.slug FROM stages s JOIN pipelines p ON p.id = s.pipeline_id WHERE s.id = r.stage_id)',
    status: '(SELECT kind FROM stages WHERE id = r.stage_id)',
  },
  fieldOfColumn: { value_minor: 'value', stage_id: 'stage' },
  together: ['value_minor', 'currency'],
  searched: ['r.title', 'r.description'],
  toDto,
  toColumns,
  eventKeys,
  createdEvent: 'deal_created',
  updatedEvent: 'deal_updated',
  deletedEvent: 'deal_deleted',
  restoredEvent: 'deal_restored',
  furtherEvents,
});
