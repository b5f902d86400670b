import { Checkbox } from '@mantine/core';
import type { ConfigField } from '../../../../shared/workflow/actions/descriptor.ts';
import { isPlainObject } from '../../../../shared/workflow/definition-findings.ts';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import { AttachmentsInput } from './attachments-input.tsx';
import { TemplateInput, type TextFieldProps } from './template-input.tsx';
import { TextMapInput } from './text-map-input.tsx';

type ExternalType = Extract<
  ConfigField['type'],
  'addresses' | 'url' | 'html' | 'boolean' | 'text_map' | 'json' | 'attachments'
>;

interface ExternalConfigInputProps {
  readonly type: ExternalType;
  readonly shared: TextFieldProps;
  readonly raw: unknown;
  readonly variables: readonly ContextPath[];
  /** Whether its values may hold variables. */
  readonly template: boolean;
  readonly onValue: (value: unknown) => void;
}

/** Settings of the steps that leave this computer. */
export function ExternalConfigInput(props: ExternalConfigInputProps) {
  const { type, shared, raw, variables, template, onValue } = props;
  switch (type) {
    case 'addresses':
    case 'url':
      return <TemplateInput {...shared} variables={variables} />;
    case 'html':
      return <TemplateInput {...shared} variables={variables} multiline />;
    case 'boolean':
      return (
        <Checkbox
          id={shared.id}
          label={shared.label}
          // Left out means yes.
          checked={raw !== false && raw !== 'false'}
          onChange={(event) => onValue(event.currentTarget.checked ? undefined : false)}
        />
      );
    case 'text_map':
      return (
        <TextMapInput
          {...shared}
          entries={isPlainObject(raw) ? raw : {}}
          variables={template ? variables : null}
          onEntries={(entries) => onValue(entries)}
        />
      );
    case 'json':
      return (
        <TemplateInput
          {...shared}
          value={typeof raw === 'string' ? raw : shownJson(raw)}
          variables={variables}
          multiline
          // Text while somebody types; what reads as an object is stored as one.
          onChange={onValue}
        />
      );
    case 'attachments':
      return (
        <AttachmentsInput
          {...shared}
          ids={Array.isArray(raw) ? raw.map(String) : []}
          onIds={(ids) => onValue(ids.length === 0 ? undefined : ids)}
        />
      );
  }
}

function shownJson(value: unknown): string {
  return value === undefined || value === null ? '' : JSON.stringify(value, null, 2);
}
