import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { api } from '../../../api/query.ts';
import { definitionOf, type WorkflowDraft } from '../model/workflow-draft.ts';

const pauseMs = 400;

/** Loops a draft may be part of with the workflows that are on, a moment after the last key; null until known. */
export function useLoops(id: string | null, draft: WorkflowDraft): Workflow['warnings'] | null {
  const [asked] = useDebouncedValue(draft, pauseMs);
  const loops = useQuery({
    ...api.drafting.loops.queryOptions({
      input: { id, name: asked.name, ...definitionOf(asked) },
    }),
    placeholderData: keepPreviousData,
    enabled: asked.steps.length > 0,
  });
  return loops.data?.warnings ?? null;
}
