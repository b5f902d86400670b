import { Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import {
  hookAbsentChoices,
  type HookContactField,
  hookContactFields,
} from '../../../../shared/workflow/hook-mapping.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { useProblemText } from '../use-problem-text.ts';
import classes from './editor.module.css';
import { HookAddress } from './hook-address.tsx';
import hookClasses from './hook-form.module.css';

type Config = Readonly<Record<string, unknown>>;

interface HookFormProps {
  /** Null for a workflow that is not saved yet. */
  readonly workflow: Workflow | null;
  readonly config: Config;
  /** Where the form's problems are found: those of further triggers bear their number. */
  readonly placeOf: (name: string) => string;
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (config: Record<string, unknown>) => void;
  readonly onBlur: (path: string) => void;
}

function mappingOf({ contact }: Config): Readonly<Record<string, unknown>> {
  return typeof contact === 'object' && contact !== null ? { ...contact } : {};
}

/** The address programs call, and what the workflow makes of what they send. */
export function HookForm({ workflow, config, placeOf, problems, onChange, onBlur }: HookFormProps) {
  const { t } = useTranslation('hooks');
  const problemText = useProblemText();
  const mapping = mappingOf(config);

  function place(field: HookContactField, path: string): void {
    const entries = Object.entries({ ...mapping, [field]: path }).filter(([, to]) => to !== '');
    const { contact: _before, ...rest } = config;
    onChange(entries.length === 0 ? rest : { ...rest, contact: Object.fromEntries(entries) });
  }

  return (
    <>
      <HookAddress workflow={workflow} signed={config['require_signature'] === true} />
      <fieldset className={hookClasses.mapping}>
        <legend className={hookClasses.legend}>{t('contact')}</legend>
        <p className={classes.formHint}>{t('contact_help')}</p>
        <div className={hookClasses.places}>
          {hookContactFields.map((field) => {
            const name = placeOf(`contact.${field}`);
            const problem = problems.get(name);
            const path = mapping[field];
            return (
              <TextInput
                key={field}
                id={fieldDomId('trigger', name)}
                label={t(`fields.${field}`)}
                placeholder={t('place_example', { field })}
                value={typeof path === 'string' ? path : ''}
                error={problem && problemText(problem)}
                spellCheck={false}
                onBlur={() => onBlur(`trigger_config.${name}`)}
                onChange={(event) => place(field, event.currentTarget.value)}
              />
            );
          })}
        </div>
      </fieldset>
      {typeof mapping['email'] === 'string' && (
        <Select
          id={fieldDomId('trigger', 'if_absent')}
          label={t('if_absent')}
          allowDeselect={false}
          value={hookAbsentChoices.find((choice) => choice === config['if_absent']) ?? 'create'}
          data={hookAbsentChoices.map((value) => ({ value, label: t(`if_absent_${value}`) }))}
          onChange={(choice) => onChange({ ...config, if_absent: choice ?? 'create' })}
        />
      )}
      <Switch
        id={fieldDomId('trigger', 'require_signature')}
        label={t('require_signature')}
        description={t('require_signature_help')}
        checked={config['require_signature'] === true}
        onChange={(event) =>
          onChange({ ...config, require_signature: event.currentTarget.checked })
        }
      />
    </>
  );
}
