import type { NewStage, Pipeline, Stage } from '../../../shared/contract/pipelines.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound, UserError } from '../../errors.ts';
import { insertRow, writeRow } from '../../journal/journaled-rows.ts';
import {
  getPipeline,
  listPipelineRows,
  listStages,
  stageBySlug,
  type StageRow,
  toStage,
} from './pipeline.ts';

/** What a pipeline begins with when nobody says otherwise. */
const usualStages: readonly NewStage[] = [
  { name: 'Qualification', kind: 'open', probability: 25 },
  { name: 'Proposal', kind: 'open', probability: 50 },
  { name: 'Negotiation', kind: 'open', probability: 75 },
  { name: 'Won', kind: 'won' },
  { name: 'Lost', kind: 'lost' },
];

/** @throws UserError naming what is given twice */
export function createPipeline(
  unit: UnitOfWork,
  input: {
    readonly name: string;
    readonly slug?: string | undefined;
    readonly stages?: readonly NewStage[] | undefined;
  },
): Pipeline {
  const { db } = unit;
  const rows = listPipelineRows(db);
  refuseSameName(rows, input.name, null);
  const taken = new Set(rows.map((row) => row.slug));
  if (input.slug !== undefined && taken.has(input.slug))
    throw invalid('slug', `slug: there is a pipeline "${input.slug}" already. Choose another.`);
  const id = unit.ids.next();
  const slug = input.slug ?? freeSlug(input.name, taken, '');
  const position = rows.length;
  insertRow(unit, 'pipeline', id, { slug, name: input.name, position });
  const stages = input.stages ?? usualStages;
  if (!stages.some((stage) => (stage.kind ?? 'open') === 'open'))
    throw invalid('stages', 'stages must have at least one of the kind open, where deals begin.');
  for (const [index, stage] of stages.entries())
    addStage(unit, { id, slug }, stage, index, `stages.${index}.slug`);
  return getPipeline(db, id);
}

/** @throws UserError `not_found`, or naming the name another pipeline has */
export function updatePipeline(
  unit: UnitOfWork,
  id: string,
  patch: { readonly name?: string | undefined; readonly position?: number | undefined },
): Pipeline {
  const rows = listPipelineRows(unit.db);
  if (!rows.some((row) => row.id === id)) throw notFound('pipeline', id);
  if (patch.name !== undefined) {
    refuseSameName(rows, patch.name, id);
    writeRow(unit, 'pipeline', id, { name: patch.name });
  }
  if (patch.position !== undefined) putInOrder(unit, 'pipeline', rows, id, patch.position);
  return getPipeline(unit.db, id);
}

/** @throws UserError `not_found`, or naming the slug that is taken */
export function createStage(
  unit: UnitOfWork,
  pipelineId: string,
  { position, ...input }: NewStage & { readonly position?: number | undefined },
): Stage {
  const pipeline = getPipeline(unit.db, pipelineId);
  // Before what ends a deal, unless said otherwise.
  const lastOpen = pipeline.stages.filter((stage) => stage.kind === 'open').length;
  const isOpen = (input.kind ?? 'open') === 'open';
  const end = pipeline.stages.length;
  const id = addStage(unit, pipeline, input, end, 'slug');
  const siblings = listStages(unit.db).filter((stage) => stage.pipeline_id === pipelineId);
  putInOrder(unit, 'stage', siblings, id, position ?? (isOpen ? lastOpen : end));
  return stageById(unit.db, id);
}

/** @throws UserError `not_found`, or naming what cannot be */
export function updateStage(
  unit: UnitOfWork,
  slug: string,
  patch: {
    readonly name?: string | undefined;
    readonly kind?: Stage['kind'] | undefined;
    readonly probability?: number | undefined;
    readonly position?: number | undefined;
  },
): Stage {
  const stage = findStage(unit.db, slug);
  const siblings = siblingsOf(unit.db, stage);
  if (patch.kind !== undefined && patch.kind !== 'open') refuseLastOpen(siblings, stage, 'kind');
  const { position, ...rest } = patch;
  // A deal that is won or lost is so whatever was expected of it.
  const kind = rest.kind ?? stage.kind;
  const given = rest.probability ?? (rest.kind === undefined ? undefined : usualChance(kind));
  writeRow(unit, 'stage', stage.id, {
    ...(rest.name === undefined ? {} : { name: rest.name }),
    ...(rest.kind === undefined ? {} : { kind: rest.kind }),
    ...(given === undefined ? {} : { probability: kind === 'open' ? given : usualChance(kind) }),
  });
  if (position !== undefined) putInOrder(unit, 'stage', siblings, stage.id, position);
  return stageById(unit.db, stage.id);
}

/** @throws UserError `not_found` */
export function findStage(db: Reader, slug: string): StageRow {
  const stage = listStages(db).find((one) => one.slug === slug);
  if (!stage) throw new UserError('not_found', `There is no stage "${slug}".`);
  return stage;
}

export function siblingsOf(db: Reader, stage: StageRow): StageRow[] {
  return listStages(db).filter((one) => one.pipeline_id === stage.pipeline_id);
}

/** @throws UserError `conflict` when the pipeline would have nowhere to begin */
export function refuseLastOpen(
  siblings: readonly StageRow[],
  stage: StageRow,
  field?: string,
): void {
  if (siblings.some((one) => one.kind === 'open' && one.id !== stage.id)) return;
  if (stage.kind !== 'open') return;
  throw new UserError(
    'conflict',
    `"${stage.name}" is the only open stage of its pipeline, where deals begin. Add another one first.`,
    field === undefined ? {} : { field },
  );
}

/** Checks where deals are to go when their stage is removed. */
export function targetStage(db: Reader, slug: string, leaving: readonly StageRow[]): StageRow {
  const target = stageBySlug(db, slug, 'move_to');
  if (leaving.some((stage) => stage.id === target.id))
    throw invalid('move_to', 'move_to must be a stage that stays.');
  return target;
}

function stageById(db: Reader, id: string): Stage {
  const stage = listStages(db).find((one) => one.id === id);
  if (!stage) throw notFound('stage', id);
  return toStage(stage);
}

function usualChance(kind: Stage['kind']): number {
  return kind === 'won' ? 100 : kind === 'lost' ? 0 : 50;
}

function addStage(
  unit: UnitOfWork,
  pipeline: { readonly id: string; readonly slug: string },
  { name, slug, kind = 'open', probability }: NewStage,
  position: number,
  slugField: string,
): string {
  const taken = new Set(listStages(unit.db).map((stage) => stage.slug));
  if (slug !== undefined && taken.has(slug))
    throw invalid(slugField, `${slugField}: there is a stage "${slug}" already. Choose another.`);
  const id = unit.ids.next();
  insertRow(unit, 'stage', id, {
    pipeline_id: pipeline.id,
    slug: slug ?? freeSlug(name, taken, `${pipeline.slug}_`),
    name,
    position,
    kind,
    probability: kind === 'open' ? (probability ?? usualChance(kind)) : usualChance(kind),
  });
  return id;
}

/** Gives each of the rows its place, with one of them put at a place of its own. */
function putInOrder(
  unit: UnitOfWork,
  object: 'pipeline' | 'stage',
  rows: readonly { readonly id: string }[],
  id: string,
  position: number,
): void {
  const order = rows.map((row) => row.id).filter((one) => one !== id);
  order.splice(position, 0, id);
  for (const [place, one] of order.entries()) writeRow(unit, object, one, { position: place });
}

/** Two of one name would be told apart by nobody. */
function refuseSameName(
  rows: readonly { readonly id: string; readonly name: string }[],
  name: string,
  own: string | null,
): void {
  if (rows.some((row) => row.name === name && row.id !== own))
    throw invalid('name', `name: there is a pipeline "${name}" already. Choose another.`);
}

/** A slug made of a name; the prefix tells a stage from one of the same name in another pipeline. */
function freeSlug(name: string, taken: ReadonlySet<string>, prefix: string): string {
  const word =
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 40) || 'stage';
  const candidates = [word, `${prefix}${word}`];
  const free = candidates.find((one) => !taken.has(one));
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) {
    const numbered = `${prefix}${word}_${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}
