import { ORPCError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import {
  type Problem,
  problemSchema,
  type WorkflowStatus,
} from '../../../../shared/workflow/definition.ts';
import { describeFailure } from '../../../api/errors.ts';
import { api, queryClient } from '../../../api/query.ts';
import { client } from '../../../api/client.ts';
import { definitionOf, type WorkflowDraft } from '../model/workflow-draft.ts';

const withProblems = z.object({ problems: z.array(problemSchema) });

/** What a refused save found wrong; empty when the failure says nothing about the input. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (!(error instanceof ORPCError)) return [];
  const listed = withProblems.safeParse(error.data);
  if (listed.success && listed.data.problems.length > 0) return listed.data.problems;
  const { field, message, code } = describeFailure(error);
  return field === null ? [] : [{ path: field, code, message }];
}

interface SaveInput {
  /** Null for a workflow that is not saved yet. */
  readonly id: string | null;
  readonly draft: WorkflowDraft;
  readonly status: WorkflowStatus;
  /** What becomes of runs that wait on the version before. */
  readonly runs: WaitingRuns;
  /** The addresses near this computer that came with a file were confirmed. */
  readonly allowed: boolean;
}

export type WaitingRuns = 'keep' | 'move' | 'cancel';

/** Stores a draft whole, under a status; the answer replaces what the screens know of it. */
export function useSave() {
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id, draft, status, runs, allowed }: SaveInput): Promise<Workflow> => {
      const values = {
        name: draft.name.trim(),
        description: draft.description.trim() === '' ? null : draft.description.trim(),
        status,
        ...definitionOf(draft),
      };
      return id === null
        ? client.workflows.create(values)
        : client.workflows.update({
            id,
            ...values,
            waiting_runs: runs,
            ...(allowed ? { confirm_addresses: true } : {}),
          });
    },
    onSuccess: (workflow) => {
      queryClient.setQueryData(
        api.workflows.get.queryKey({ input: { id: workflow.id } }),
        workflow,
      );
      void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
    },
  });
}
