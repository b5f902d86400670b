import type { ConfigField } from '../../../../shared/workflow/actions/descriptor.ts';
import { currencyCodes } from '../../../../shared/model/money.ts';
import { editableFieldsOf, findField } from '../../../../shared/model/fields/registry.ts';
import type { Field } from '../../../../shared/model/fields/field.ts';
import { isObjectName, type ObjectName } from '../../../../shared/model/objects.ts';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { plainText as asText, type Translate } from '../model/trigger-words.ts';
import { objectLabel } from '../model/workflow-words.ts';
import { usePipelines } from '../../deals/use-pipelines.ts';
import { useWorkflowText } from '../use-words.ts';
import { DateInput } from './date-input.tsx';
import { ExternalConfigInput } from './external-config-input.tsx';
import { ListOrVariable, type ListChoice } from './list-or-variable.tsx';
import { TemplateInput, type TextFieldProps } from './template-input.tsx';
import { customFields } from '../../records/known-custom-fields.ts';

/** What the inputs of a step may offer. */
export interface FormScope {
  readonly stages: readonly Stage[];
  /** The objects the trigger gives. */
  readonly objects: readonly ObjectName[];
  readonly variables: readonly ContextPath[];
}

interface ConfigFieldInputProps {
  readonly id: string;
  readonly field: ConfigField;
  /** The whole config: what may be chosen depends on what was chosen before. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly onChange: (change: Readonly<Record<string, unknown>>) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
  readonly scope: FormScope;
}

function choicesOf(choices: readonly string[], t: Translate): ListChoice[] {
  return choices.map((value) => ({ value, label: t(`choices.${value}`, { defaultValue: value }) }));
}

const stageChoices = (stages: readonly Stage[]): ListChoice[] =>
  stages.map(({ slug, name }) => ({ value: slug, label: name }));

const currencyChoices = (): ListChoice[] =>
  currencyCodes().map((code) => ({ value: code, label: code }));

/** One setting of a step; the descriptor's `type` chooses the input. */
export function ConfigFieldInput(props: ConfigFieldInputProps) {
  const { id, field, config, onChange, onBlur, error, scope } = props;
  const t = useWorkflowText();
  const shared: TextFieldProps = {
    id,
    label: t(`config.${field.name}`, { defaultValue: field.label }),
    value: asText(config[field.name]),
    onChange: (value) => onChange({ [field.name]: value }),
    onBlur,
    error,
    placeholder: field.placeholder,
    required: field.required,
  };
  const variables = field.template ? scope.variables : null;

  switch (field.type) {
    case 'text':
    case 'money':
      return <TemplateInput {...shared} variables={scope.variables} />;
    case 'long_text':
      return <TemplateInput {...shared} variables={scope.variables} multiline />;
    case 'relative_date':
      return <DateInput {...shared} variables={scope.variables} />;
    case 'choice':
      return (
        <ListOrVariable
          {...shared}
          variables={variables}
          choices={choicesOf(field.choices ?? [], t)}
        />
      );
    case 'currency':
      return (
        <ListOrVariable {...shared} variables={variables} choices={currencyChoices()} searchable />
      );
    case 'stage':
      return (
        <ListOrVariable {...shared} variables={variables} choices={stageChoices(scope.stages)} />
      );
    case 'object':
      return (
        <ListOrVariable
          {...shared}
          variables={variables}
          choices={scope.objects.map((value) => ({
            value,
            label: capitalized(objectLabel(value, t)),
          }))}
          // The fields of another record are others: what was chosen for the old one goes.
          onChange={(value) =>
            onChange({
              [field.name]: value,
              ...(config['field'] === undefined ? {} : { field: '', value: undefined }),
            })
          }
        />
      );
    case 'field':
      return (
        <ListOrVariable
          {...shared}
          variables={variables}
          choices={fieldChoices(asText(config['object']), t)}
          onChange={(value) =>
            onChange({ [field.name]: value, value: value === '' ? undefined : '' })
          }
        />
      );
    case 'field_value':
      return <FieldValueInput {...props} shared={shared} />;
    case 'addresses':
    case 'html':
    case 'url':
    case 'boolean':
    case 'text_map':
    case 'json':
    case 'attachments':
      return (
        <ExternalConfigInput
          type={field.type}
          shared={shared}
          raw={config[field.name]}
          variables={scope.variables}
          template={field.template}
          onValue={(value) => onChange({ [field.name]: value })}
        />
      );
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fieldChoices(object: string, t: Translate): ListChoice[] {
  if (!isObjectName(object)) return [];
  // Tags are put on and taken off one by one, by steps of their own.
  const fields = editableFieldsOf(object, customFields()).filter((field) => field.type !== 'tags');
  return fields.map((field) => ({
    value: field.name,
    label: t(`fields:${object}.${field.name}`, { defaultValue: field.label }),
  }));
}

interface FieldValueInputProps extends ConfigFieldInputProps {
  readonly shared: TextFieldProps;
}

/** The new value of a record's field: the input that the field's own type wants. */
function FieldValueInput({ config, scope, shared }: FieldValueInputProps) {
  const t = useWorkflowText();
  const pipelines = usePipelines() ?? [];
  const object = asText(config['object']);
  const name = asText(config['field']);
  const field: Field | undefined = isObjectName(object)
    ? findField(object, name, customFields())
    : undefined;
  if (!field) return null;
  const { variables } = scope;
  const clearable = field.presence === 'optional';
  const own = { ...shared, required: !clearable, placeholder: undefined };
  const hint = clearable ? t('editor.clear_hint') : undefined;
  switch (field.type) {
    case 'pipeline':
      return (
        <ListOrVariable
          {...own}
          key={name}
          variables={variables}
          choices={pipelines.map(({ slug, name: label }) => ({ value: slug, label }))}
        />
      );
    case 'stage':
      return (
        <ListOrVariable
          {...own}
          key={name}
          variables={variables}
          choices={stageChoices(scope.stages)}
        />
      );
    case 'currency':
      return (
        <ListOrVariable
          {...own}
          key={name}
          variables={variables}
          choices={currencyChoices()}
          searchable
        />
      );
    case 'choice':
    case 'boolean':
      return (
        <ListOrVariable
          {...own}
          key={name}
          variables={variables}
          choices={choicesOf(
            field.type === 'boolean' ? ['true', 'false'] : (field.choices ?? []),
            t,
          )}
          description={hint}
        />
      );
    case 'date':
    case 'datetime':
      return <DateInput {...own} key={name} variables={variables} />;
    case 'long_text':
      return (
        <TemplateInput {...own} key={name} variables={variables} multiline description={hint} />
      );
    case 'link':
      return (
        <TemplateInput
          {...own}
          key={name}
          variables={variables}
          description={t('editor.link_hint')}
        />
      );
    case 'tags':
      return (
        <TemplateInput
          {...own}
          key={name}
          variables={variables}
          description={t('editor.tags_hint')}
        />
      );
    case 'id':
    case 'text':
    case 'email':
    case 'phone':
    case 'domain':
    case 'money':
    case 'number':
    case 'multi_choice':
      return <TemplateInput {...own} key={name} variables={variables} description={hint} />;
  }
}
