import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportMapping, ImportNeed } from '../../../../shared/contract/library.ts';
import classes from './templates.module.css';

const mappingKeys = {
  field: 'fields',
  stage: 'stages',
  tag: 'tags',
  workflow: 'workflows',
  account: 'accounts',
} as const;

/** What a stage must be before the draft can be made; everything else has a way without a choice. */
export function isComplete(needs: readonly ImportNeed[], mapping: ImportMapping): boolean {
  return needs.every(
    ({ kind, name, is_present: present }) =>
      kind !== 'stage' || present || mapping.stages?.[name] !== undefined,
  );
}

interface NeedsFormProps {
  readonly needs: readonly ImportNeed[];
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}

/** One choice for each name that is not here: what takes its place, or that it is made. */
export function NeedsForm({ needs, mapping, onChange }: NeedsFormProps) {
  const { t } = useTranslation('library');
  const missing = needs.filter((need) => !need.is_present);
  const without = {
    field: t('make_field'),
    tag: t('make_tag'),
    workflow: t('without'),
    account: t('default_account'),
  } as const;

  return (
    <div className={classes.mapping}>
      {missing.map(({ kind, name, label, candidates }) => {
        if (kind === 'secret') {
          return (
            <p key={`${kind} ${name}`} className={classes.note}>
              {t('secret', { label })}
            </p>
          );
        }
        const key = mappingKeys[kind];
        const chosen = mapping[key]?.[name] ?? null;
        return (
          <Select
            key={`${kind} ${name}`}
            label={t(`kind_${kind}`, { label })}
            placeholder={kind === 'stage' ? t('choose_stage') : without[kind]}
            clearable={kind !== 'stage'}
            searchable
            data={candidates.map((candidate) => ({
              value: candidate.name,
              label: candidate.label,
            }))}
            value={chosen}
            onChange={(value) => {
              const others = Object.entries(mapping[key] ?? {}).filter(([one]) => one !== name);
              const entries = value === null ? others : [...others, [name, value] as const];
              onChange({ ...mapping, [key]: Object.fromEntries(entries) });
            }}
          />
        );
      })}
    </div>
  );
}
