import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkflowTestResult } from '../../../../shared/contract/workflow-tests.ts';
import { client } from '../../../api/client.ts';
import { definitionOf, type WorkflowDraft } from '../model/workflow-draft.ts';
import classes from './rehearse.module.css';
import { TestDifferences } from './test-differences.tsx';

interface PublishTests {
  readonly isRunning: boolean;
  /** Runs the tests of the workflow on the draft; goes on when they pass, or when the user says so all the same. */
  readonly runBefore: (draft: WorkflowDraft, goOn: () => void) => void;
  readonly dialog: ReactNode;
}

/** @param workflowId null for a workflow that is not saved yet, which has no tests */
export function usePublishTests(workflowId: string | null): PublishTests {
  const { t } = useTranslation('workflows');
  const [isRunning, setRunning] = useState(false);
  const [failed, setFailed] = useState<{
    results: readonly WorkflowTestResult[];
    goOn: () => void;
  } | null>(null);

  async function run(id: string, draft: WorkflowDraft, goOn: () => void): Promise<void> {
    setRunning(true);
    try {
      const { items } = await client.workflow_tests.run({ id, draft: definitionOf(draft) });
      const results = items.filter(({ passed }) => !passed);
      if (results.length === 0) goOn();
      else setFailed({ results, goOn });
    } catch {
      // What is wrong with the draft is told by the save itself, at its fields.
      goOn();
    } finally {
      setRunning(false);
    }
  }

  return {
    isRunning,
    runBefore: (draft, goOn) => {
      if (workflowId === null) goOn();
      else void run(workflowId, draft, goOn);
    },
    dialog: failed && (
      <Modal
        opened
        onClose={() => setFailed(null)}
        title={t('rehearse.tests.failing', { count: failed.results.length })}
        size={560}
      >
        <p className={classes.dim}>{t('rehearse.tests.failing_text')}</p>
        <ul className={classes.testItems}>
          {failed.results.map((result) => (
            <li key={result.test.id}>
              <span className={classes.rowName}>{result.test.name}</span>
              <TestDifferences result={result} />
            </li>
          ))}
        </ul>
        <Group justify="flex-end" gap={8} mt="md">
          <Button variant="default" data-autofocus onClick={() => setFailed(null)}>
            {t('rehearse.tests.back')}
          </Button>
          <Button
            onClick={() => {
              setFailed(null);
              failed.goOn();
            }}
          >
            {t('rehearse.tests.anyway')}
          </Button>
        </Group>
      </Modal>
    ),
  };
}
