import { useTranslation } from 'react-i18next';
import type { WorkflowTestResult } from '../../../../shared/contract/workflow-tests.ts';
import { shownValue } from '../model/shown-value.ts';
import classes from './rehearse.module.css';

/** Where a workflow does something else than its test expects. */
export function TestDifferences({ result }: { readonly result: WorkflowTestResult }) {
  const { t } = useTranslation('workflows');
  const shown = (value: unknown): string => shownValue(value) || t('rehearse.tests.nothing');
  return (
    <ul className={classes.differences}>
      {result.differences.map(({ step_id: step, what, expected, found }) => {
        const values = { what, expected: shown(expected), found: shown(found) };
        return (
          <li key={`${step} ${what}`} className={classes.dim}>
            {step === null
              ? t('rehearse.tests.difference', values)
              : t('rehearse.tests.difference_in', { step, ...values })}
          </li>
        );
      })}
    </ul>
  );
}
