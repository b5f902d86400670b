import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../../shared/model/objects.ts';
import { checkConditions } from '../../../../shared/workflow/conditions/check-conditions.ts';
import { Findings } from '../../../../shared/workflow/definition-findings.ts';
import { api } from '../../../api/query.ts';
import { customFields } from '../../records/known-custom-fields.ts';
import classes from './editor.module.css';

interface MatchingCountProps {
  /** The object whose records are counted. */
  readonly object: ObjectName;
  readonly conditions: Readonly<Record<string, unknown>>;
}

const pauseMs = 300;

function isComplete(conditions: Readonly<Record<string, unknown>>): boolean {
  const { rules } = conditions;
  if (!Array.isArray(rules) || rules.length === 0) return false;
  const findings = new Findings(customFields());
  const tree = checkConditions(conditions, 'conditions', null, findings);
  return tree !== null && findings.faults.length + findings.gaps.length === 0;
}

/** How many records are like the conditions now, a moment after the last key. */
export function MatchingCount({ object, conditions }: MatchingCountProps) {
  const { t } = useTranslation('workflows');
  const [asked] = useDebouncedValue(conditions, pauseMs);
  const enabled = isComplete(asked);
  const count = useQuery({
    ...api.drafting.count_matching.queryOptions({
      input: { object, conditions: { ...asked }, time_zone: null },
    }),
    enabled,
    placeholderData: keepPreviousData,
  });
  if (!enabled || !count.data) return null;
  const { matching, total } = count.data;
  const many = t(`objects_many.${object}`);
  return (
    <p className={classes.matching} aria-live="polite">
      {t('checks.matching', { matching, count: total, many })}
    </p>
  );
}
