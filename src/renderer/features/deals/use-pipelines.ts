import { useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { api } from '../../api/query.ts';

/** All pipelines in order; undefined until they are read. */
export function usePipelines(): readonly Pipeline[] | undefined {
  return useQuery(api.pipelines.list.queryOptions()).data?.items;
}

interface ChosenPipeline {
  /** Slug; null: all of them, undefined: never chosen. */
  readonly slug: string | null | undefined;
  readonly choose: (slug: string | null) => void;
}

/** Which pipeline this window looks at, on the board and in the lists of deals. */
const useChosen = create<ChosenPipeline>()(
  persist((set) => ({ slug: undefined, choose: (slug) => set({ slug }) }), {
    name: 'trellis-pipeline',
  }),
);

/**
 * The pipeline the deals are looked at by; null for all of them, which is also what a single one comes to. One that was
 * removed since gives way to the first.
 *
 * @param needsOne a board can show one at a time only
 */
export function useShownPipeline(needsOne = false): {
  readonly shown: Pipeline | null;
  readonly pipelines: readonly Pipeline[];
  readonly choose: (slug: string | null) => void;
} {
  const pipelines = usePipelines() ?? [];
  const { slug, choose } = useChosen();
  const [first = null, second] = pipelines;
  const chosen = pipelines.find((one) => one.slug === slug) ?? first;
  const shown = !second || (slug === null && !needsOne) ? null : chosen;
  return { shown, pipelines, choose };
}
