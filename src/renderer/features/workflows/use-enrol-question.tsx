import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentPreview } from '../../../shared/contract/enrolment.ts';
import { client } from '../../api/client.ts';
import classes from './workflows.module.css';

export interface EnrolQuestion {
  readonly workflow: { readonly id: string; readonly name: string };
  readonly objects: EnrolmentPreview['objects'];
}

/** Long enough to be read after the toast that says the workflow is on. */
const offeredForMs = 15_000;

/**
 * Offers, when a workflow was switched on, to run it for the records that match it already. An offer and not a
 * question in the way: to do nothing is to leave them alone.
 */
export function useEnrolQuestion() {
  const { t } = useTranslation('workflows');
  const [question, setQuestion] = useState<EnrolQuestion | null>(null);

  async function look(workflow: EnrolQuestion['workflow']): Promise<void> {
    const { objects } = await client.enrolment.preview({ id: workflow.id });
    const matching = objects.filter((one) => one.matching > 0);
    const count = matching.reduce((sum, one) => sum + one.matching, 0);
    if (count === 0) return;
    const id = `enrol-${workflow.id}`;
    notifications.show({
      id,
      autoClose: offeredForMs,
      message: (
        <div className={classes.offer}>
          <span>{t('enrol.offer', { count })}</span>
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              notifications.hide(id);
              setQuestion({
                workflow: { id: workflow.id, name: workflow.name },
                objects: matching,
              });
            }}
          >
            {t('enrol.choose')}
          </Button>
        </div>
      ),
    });
  }

  return {
    question,
    ask: (workflow: EnrolQuestion['workflow']): void => {
      // Turning on has worked; without the offer nothing else is lost.
      look(workflow).catch(() => undefined);
    },
    close: (): void => setQuestion(null),
  };
}
