import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../../api/query.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { definitionOf, type WorkflowDraft } from '../model/workflow-draft.ts';
import classes from './rehearse.module.css';
import { TestDifferences } from './test-differences.tsx';

interface TestListProps {
  readonly workflowId: string;
  readonly draft: WorkflowDraft;
}

/** The tests of a workflow, and what the draft comes to in each. Nothing is shown while there are none. */
export function TestList({ workflowId, draft }: TestListProps) {
  const { t } = useTranslation('workflows');
  const failureText = useFailureText();
  const tests = useQuery(api.workflow_tests.list.queryOptions({ input: { id: workflowId } }));
  const run = useMutation(api.workflow_tests.run.mutationOptions());
  const again = (): void => {
    void queryClient.invalidateQueries({ queryKey: api.workflow_tests.key() });
    run.mutate({ id: workflowId, draft: definitionOf(draft) });
  };
  const accept = useMutation(api.workflow_tests.accept.mutationOptions({ onSuccess: again }));
  const remove = useMutation(api.workflow_tests.remove.mutationOptions({ onSuccess: again }));
  const items = tests.data?.items ?? [];
  if (items.length === 0) return null;
  const failure = run.error ?? accept.error ?? remove.error;
  return (
    <section className={classes.tests} aria-label={t('rehearse.tests.title')}>
      <header className={classes.testsHead}>
        <h2>{t('rehearse.tests.title')}</h2>
        <span className={classes.dim}>{t('rehearse.tests.text')}</span>
        <Button
          variant="default"
          size="compact-sm"
          loading={run.isPending}
          onClick={() => run.mutate({ id: workflowId, draft: definitionOf(draft) })}
        >
          {t('rehearse.tests.run')}
        </Button>
      </header>
      {failure && (
        <p role="alert" className={classes.failureLine}>
          {failureText(failure)}
        </p>
      )}
      <ul className={classes.testItems}>
        {items.map(({ id, name }) => {
          const result = run.data?.items.find(({ test }) => test.id === id);
          const state = result ? (result.passed ? 'passed' : 'failed') : 'not_run';
          const tones = { passed: 'green', failed: 'red', not_run: 'grey' } as const;
          return (
            <li key={id}>
              <div className={classes.test}>
                <span className={classes.rowName}>{name}</span>
                <span className={classes.rowStatus}>
                  <StatusDot tone={tones[state]} />
                  {t(`rehearse.tests.${state}`)}
                </span>
                {state === 'failed' && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    onClick={() =>
                      accept.mutate({ id: workflowId, test_id: id, draft: definitionOf(draft) })
                    }
                  >
                    {t('rehearse.tests.accept')}
                  </Button>
                )}
                <ActionIcon
                  aria-label={t('rehearse.tests.remove', { name })}
                  onClick={() => remove.mutate({ id: workflowId, test_id: id })}
                >
                  <Trash2 size={14} />
                </ActionIcon>
              </div>
              {result && !result.passed && <TestDifferences result={result} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
