import { Checkbox, MultiSelect, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportAnalysis, ImportPlan } from '../../../shared/contract/imports.ts';
import { importDraft } from './import-store.ts';
import classes from './import.module.css';

interface MatchSettingsProps {
  readonly analysis: ImportAnalysis;
  readonly plan: ImportPlan;
}

const choices = ['update', 'skip', 'create'] as const;

/** By what a row is the same as a record, and what happens then. */
export function MatchSettings({ analysis, plan }: MatchSettingsProps) {
  const { t } = useTranslation('imports');
  return (
    <div className={classes.match}>
      <MultiSelect
        label={t('match_on')}
        description={t('match_on_hint')}
        data={analysis.keys.map(({ name }) => ({ value: name, label: t(`keys.${name}` as never) }))}
        value={plan.match_on}
        placeholder={plan.match_on.length === 0 ? t('match_nothing') : ''}
        disabled={plan.on_match === 'create'}
        onChange={(names) => importDraft.change({ match_on: names })}
      />
      <Radio.Group
        label={t('on_match')}
        value={plan.on_match}
        onChange={(value) =>
          importDraft.change({ on_match: choices.find((one) => one === value) ?? 'update' })
        }
      >
        <div className={classes.radios}>
          {choices.map((choice) => (
            <Radio key={choice} size="xs" value={choice} label={t(`on_match_${choice}`)} />
          ))}
        </div>
      </Radio.Group>
      <Checkbox
        label={t('create_links')}
        description={t('create_links_hint')}
        checked={plan.create_links}
        onChange={(event) => importDraft.change({ create_links: event.currentTarget.checked })}
      />
    </div>
  );
}
