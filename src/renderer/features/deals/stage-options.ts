import type { Pipeline } from '../../../shared/contract/pipelines.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What a stage is picked from: by pipeline where there are several. */
export function stageOptions(
  pipelines: readonly Pipeline[],
): Option[] | { group: string; items: Option[] }[] {
  const groups = pipelines.map(({ name, stages }) => ({
    group: name,
    items: stages.map((stage) => ({ value: stage.slug, label: stage.name })),
  }));
  return groups.length > 1 ? groups : (groups[0]?.items ?? []);
}
