import { Input, Select, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { awaitedEventTypes } from '../../../../shared/events/event-types.ts';
import type { Field } from '../../../../shared/model/fields/field.ts';
import { objectOfEvent } from '../../../../shared/workflow/check-control.ts';
import { ifPastChoices, waitKinds } from '../../../../shared/workflow/definition.ts';
import { fieldGroups } from '../model/condition-words.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { plainText, type Translate } from '../model/trigger-words.ts';
import { goesWith, waitKindOf, withWaitKind } from '../model/wait-config.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import { ConditionEditor } from './condition-editor.tsx';
import type { FormScope } from './config-field-input.tsx';
import type { ControlFormProps } from './control-form.tsx';
import classes from './flow-form.module.css';
import { SpanInput } from './span-input.tsx';
import { TemplateInput } from './template-input.tsx';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function isDate({ type }: Field): boolean {
  return type === 'date' || type === 'datetime';
}

function eventChoices(scope: FormScope, t: Translate) {
  return awaitedEventTypes
    .filter((type) => {
      const object = objectOfEvent(type);
      return object === null || scope.objects.includes(object);
    })
    .map((type) => {
      const label = t(`flow.events.${type}`);
      return { value: type, label: label.charAt(0).toUpperCase() + label.slice(1) };
    });
}

/** How long a run waits: one kind of end, and what goes with that kind. */
export function WaitForm(props: ControlFormProps) {
  const { step, problems, onConfig, onBlur } = props;
  const { t } = useTranslation('workflows');
  const problemText = useProblemText();
  const { config } = step;
  const kind = waitKindOf(config);
  const set = (name: string, value: unknown): void => onConfig({ ...config, [name]: value });
  const errorAt = (name: string): string | undefined => {
    const problem = problems.get(name);
    return problem && problemText(problem);
  };

  return (
    <>
      <Select
        id={fieldDomId(step.id, 'kind')}
        label={t('flow.wait.kind')}
        data={waitKinds.map((value) => ({ value, label: t(`flow.wait.kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = waitKinds.find((one) => one === value);
          if (chosen && chosen !== kind) onConfig(withWaitKind(config, chosen));
        }}
      />
      <WaitEnd {...props} />
      {goesWith('timeout', kind) && (
        <SpanInput
          id={fieldDomId(step.id, 'timeout')}
          label={t('flow.wait.timeout')}
          description={t('flow.wait.timeout_help')}
          value={plainText(config['timeout'])}
          error={errorAt('timeout')}
          onChange={(value) => set('timeout', value)}
          onBlur={() => onBlur('timeout')}
        />
      )}
      {goesWith('if_past', kind) && (
        <Select
          id={fieldDomId(step.id, 'if_past')}
          label={t('flow.wait.if_past')}
          data={ifPastChoices.map((value) => ({
            value,
            label: t(`flow.wait.if_past_choices.${value}`),
          }))}
          value={plainText(config['if_past']) || 'continue'}
          allowDeselect={false}
          error={errorAt('if_past')}
          onChange={(value) => set('if_past', value === 'continue' ? undefined : value)}
        />
      )}
      {goesWith('business_hours', kind) && (
        <Switch
          id={fieldDomId(step.id, 'business_hours')}
          label={t('flow.wait.business_hours')}
          description={t('flow.wait.business_hours_help')}
          checked={config['business_hours'] === true}
          error={errorAt('business_hours')}
          onChange={(event) => set('business_hours', event.currentTarget.checked || undefined)}
        />
      )}
    </>
  );
}

/** The input for the one end of the chosen kind. */
function WaitEnd({ step, scope, problems, onConfig, onBlur }: ControlFormProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const { config } = step;
  const kind = waitKindOf(config);
  const missing = problems.get('');
  // That nothing was said at all is a fault of the step; here is where it is mended.
  const problem = problems.get(kind) ?? missing;
  const set = (name: string, value: unknown): void => onConfig({ ...config, [name]: value });
  const shared = {
    id: fieldDomId(step.id, missing ? '' : kind),
    value: plainText(config[kind]),
    error: problem && (problem === missing ? t('flow.wait.required') : problemText(problem)),
    onChange: (value: string) => set(kind, value),
    onBlur: () => onBlur(plainText(config[kind]) === '' ? '' : kind),
    required: true,
  };
  const select = {
    id: shared.id,
    withAsterisk: true,
    allowDeselect: false,
    searchable: true,
    placeholder: t('editor.choose'),
    value: shared.value === '' ? null : shared.value,
    error: shared.error ?? null,
    onBlur: shared.onBlur,
    onChange: (value: string | null) => set(kind, value ?? ''),
  };

  switch (kind) {
    case 'duration':
      return <SpanInput {...shared} label={t('flow.wait.duration')} />;
    case 'until':
      return (
        <TemplateInput
          {...shared}
          label={t('flow.wait.until')}
          description={t('flow.wait.until_help')}
          placeholder={t('flow.wait.until_example')}
          variables={scope.variables}
        />
      );
    case 'until_field': {
      const offset = problems.get('offset');
      return (
        <>
          <Select
            {...select}
            label={t('flow.wait.until_field')}
            data={fieldGroups(scope.objects, text, isDate)}
          />
          <SpanInput
            id={fieldDomId(step.id, 'offset')}
            label={t('flow.wait.offset')}
            value={plainText(config['offset'])}
            error={offset && problemText(offset)}
            signed
            onChange={(value) => set('offset', value)}
            onBlur={() => onBlur('offset')}
          />
        </>
      );
    }
    case 'until_time':
      return (
        <>
          <TextInput
            id={shared.id}
            label={t('flow.wait.until_time')}
            placeholder={t('flow.wait.time_example')}
            withAsterisk
            value={shared.value}
            error={shared.error ?? null}
            onBlur={shared.onBlur}
            onChange={(event) => set(kind, event.currentTarget.value)}
          />
          <Weekdays config={config} onChange={(days) => set('weekdays', days)} />
        </>
      );
    case 'until_event':
      return (
        <Select
          {...select}
          label={t('flow.wait.until_event')}
          description={t('flow.wait.until_event_help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={eventChoices(scope, text)}
        />
      );
    case 'until_condition':
      return (
        <ConditionEditor
          part={step.id}
          name={kind}
          label={t('flow.wait.until_condition')}
          value={config[kind]}
          scope={scope}
          problems={problems}
          onChange={(conditions) => set(kind, conditions)}
          onBlur={onBlur}
        />
      );
  }
}

function Weekdays({
  config,
  onChange,
}: {
  readonly config: Readonly<Record<string, unknown>>;
  readonly onChange: (days: readonly string[]) => void;
}) {
  const { t } = useTranslation('workflows');
  const given: readonly unknown[] = Array.isArray(config['weekdays']) ? config['weekdays'] : [];
  // Also written as numbers, from 1 for Monday.
  const chosen = new Set<string>(
    weekdays.filter((day, index) => given.includes(day) || given.includes(index + 1)),
  );
  return (
    <Input.Wrapper
      label={t('flow.wait.weekdays')}
      description={t('flow.wait.weekdays_help')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      labelElement="div"
    >
      <fieldset className={classes.days} aria-label={t('flow.wait.weekdays')}>
        {weekdays.map((day) => {
          const on = chosen.has(day);
          return (
            <UnstyledButton
              key={day}
              className={classes.day}
              aria-pressed={on}
              onClick={() =>
                onChange(weekdays.filter((one) => (one === day ? !on : chosen.has(one))))
              }
            >
              {t(`flow.wait.days.${day}`)}
            </UnstyledButton>
          );
        })}
      </fieldset>
    </Input.Wrapper>
  );
}
