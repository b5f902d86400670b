import { waitKinds } from '../../../../shared/workflow/definition.ts';
import { blankConditions } from './workflow-draft.ts';

export type WaitKind = (typeof waitKinds)[number];

type Config = Readonly<Record<string, unknown>>;

/** The one key that says what a wait is for; a time span where nothing was said. */
export function waitKindOf(config: Config): WaitKind {
  return (
    waitKinds.find((kind) => config[kind] !== undefined && config[kind] !== '') ??
    waitKinds.find((kind) => config[kind] !== undefined) ??
    'duration'
  );
}

/** Kinds that each further setting goes with; any other is refused by the check. */
const belongs = {
  offset: ['until_field'],
  weekdays: ['until_time'],
  timeout: ['until_event', 'until_condition'],
  if_past: waitKinds,
  business_hours: waitKinds,
} as const satisfies Record<string, readonly WaitKind[]>;

export type WaitExtra = keyof typeof belongs;

export function goesWith(extra: WaitExtra, kind: WaitKind): boolean {
  return belongs[extra].some((known) => known === kind);
}

/** The config of another kind: what cannot go with it is dropped, what can is kept. */
export function withWaitKind(config: Config, kind: WaitKind): Config {
  const kept = (Object.keys(belongs) as WaitExtra[]).filter(
    (extra) => config[extra] !== undefined && goesWith(extra, kind),
  );
  return {
    [kind]: kind === 'until_condition' ? blankConditions : '',
    ...Object.fromEntries(kept.map((extra) => [extra, config[extra]])),
  };
}
