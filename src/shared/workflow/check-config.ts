import type { Field } from '../model/fields/field.ts';
import { editableFieldsOf, findField } from '../model/fields/registry.ts';
import { fieldSchema } from '../model/fields/schemas.ts';
import { isCurrency } from '../model/money.ts';
import { isObjectName, type ObjectName } from '../model/objects.ts';
import type { ActionDescriptor, ConfigField } from './actions/descriptor.ts';
import { actionDescriptors } from './actions/index.ts';
import type { ActionStep } from './definition.ts';
import {
  type DefinitionKnowledge,
  type Findings,
  oneOf,
  suggestion,
  unknownPipeline,
  unknownStage,
} from './definition-findings.ts';
import { externalFaults, textsIn } from './check-external-config.ts';
import { prepareFieldValue, readNumber } from './prepare-field-value.ts';
import { dateConfigHint, parseDateConfig } from './relative-date.ts';
import { hasTemplate, readTemplate } from './template.ts';
import { type ContextShape, checkPath, listPaths } from './template-context.ts';

/** What a step's config is checked against. */
export interface ConfigScope {
  readonly shape: ContextShape;
  /** The objects a run reaches at this step. */
  readonly supplies: readonly ObjectName[];
  readonly knowledge: DefinitionKnowledge;
  readonly findings: Findings;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/** Notes what is wrong or missing in one step's config. */
export function checkConfig(step: ActionStep, stepPath: string, scope: ConfigScope): void {
  const descriptor: ActionDescriptor = actionDescriptors[step.type];
  const { findings } = scope;
  for (const key of Object.keys(step.config)) {
    if (!descriptor.config.some((field) => field.name === key)) {
      const known = oneOf(descriptor.config.map((field) => field.name));
      findings.fault(
        `${stepPath}.config.${key}`,
        'unknown_key',
        `Unknown key "${key}" in the config of ${step.type}. Use: ${known}.`,
      );
    }
  }
  for (const field of descriptor.config) {
    const path = `${stepPath}.config.${field.name}`;
    const value = step.config[field.name];
    // An empty value is how update_field clears a field, so there it must only be named.
    const given = field.type === 'field_value' ? value !== undefined : !isEmpty(value);
    if (!given) {
      if (field.required)
        findings.gap(
          path,
          'required',
          `${field.label} of ${step.type} is missing. Fill in "${field.name}".`,
        );
      continue;
    }
    checkConfigValue(field, value, path, step, scope);
  }
}

function checkConfigValue(
  field: ConfigField,
  value: unknown,
  path: string,
  step: ActionStep,
  scope: ConfigScope,
): void {
  const { findings } = scope;
  if (typeof value === 'string' && hasTemplate(value)) {
    if (field.template) checkTemplate(value, path, scope);
    else
      findings.fault(
        path,
        'template_not_allowed',
        `${field.name} takes no variables. Choose a fixed value.`,
      );
    // A chosen object and field are literal, so they are checked even when the value is a template.
    if (field.type === 'field_value') checkUpdateTarget(step, path, scope);
    return;
  }
  if (field.template && typeof value === 'object') {
    for (const { at, text } of textsIn(value))
      if (hasTemplate(text)) checkTemplate(text, `${path}${at}`, scope);
  }
  checkLiteral(field, value, path, step, scope);
}

/** Notes what keeps a text from being a template of this step. */
export function checkTemplate(text: string, path: string, { shape, findings }: ConfigScope): void {
  const read = readTemplate(text);
  if ('fault' in read) {
    findings.fault(path, read.fault.code, read.fault.message);
    return;
  }
  for (const segments of read.paths) {
    const fault = checkPath(shape, segments);
    const name = segments.join('.');
    if (fault === 'unknown') {
      const known = listPaths(shape).map((entry) => entry.path);
      findings.fault(
        path,
        'unknown_variable',
        `Unknown variable "${name}".${suggestion(name, known)}`,
      );
    } else if (fault === 'group') {
      findings.fault(
        path,
        'unknown_variable',
        `"${name}" is a whole record. Choose one of its fields, such as {{${name}.id}}.`,
      );
    }
  }
}

function checkLiteral(
  field: ConfigField,
  value: unknown,
  path: string,
  step: ActionStep,
  scope: ConfigScope,
): void {
  const { findings, knowledge } = scope;
  const { type } = field;
  if (type === 'field_value') {
    const target = checkUpdateTarget(step, path, scope);
    if (target) checkFieldValue(target, value, path, scope);
    return;
  }
  if (isExternalType(type)) {
    for (const { at, code, message } of externalFaults(field, value))
      findings.fault(`${path}${at}`, code, message);
    return;
  }
  if (type === 'money') {
    if (readNumber(value) === null)
      findings.fault(path, 'wrong_type', `${field.name} must be a number such as 5000 or 5000.01.`);
    else if ((readNumber(value) ?? 0) < 0)
      findings.fault(path, 'out_of_range', `${field.name} must be 0 or more.`);
    return;
  }
  if (typeof value !== 'string') {
    findings.fault(path, 'wrong_type', `${field.name} must be text.`);
    return;
  }
  switch (type) {
    case 'relative_date':
      if (!parseDateConfig(value))
        findings.fault(
          path,
          'bad_relative_date',
          `"${value}" is no date. Write ${dateConfigHint}.`,
        );
      return;
    case 'choice':
      if (!field.choices?.includes(value)) {
        findings.fault(
          path,
          'wrong_choice',
          `${field.name} must be one of: ${oneOf(field.choices ?? [])}.`,
        );
      }
      return;
    case 'currency':
      if (!isCurrency(value))
        findings.fault(
          path,
          'unknown_currency',
          `Unknown currency "${value}". Use an ISO 4217 code such as EUR.`,
        );
      return;
    case 'stage':
      if (!knowledge.stages.includes(value))
        findings.fault(path, 'unknown_stage', unknownStage(value, knowledge));
      return;
    case 'object':
      checkObject(value, path, scope);
      return;
    case 'text':
    case 'long_text':
    case 'html':
    case 'field':
      return;
  }
}

const externalTypes = [
  'addresses',
  'url',
  'boolean',
  'text_map',
  'json',
  'attachments',
] as const satisfies readonly ConfigField['type'][];

function isExternalType(type: ConfigField['type']): type is (typeof externalTypes)[number] {
  return externalTypes.some((one) => one === type);
}

function checkObject(value: string, path: string, { findings, supplies }: ConfigScope): void {
  if (!isObjectName(value)) {
    findings.fault(
      path,
      'unknown_object',
      `Unknown object "${value}". Use one of: ${oneOf(supplies)}.`,
    );
  } else if (!supplies.includes(value)) {
    findings.fault(
      path,
      'object_not_supplied',
      `The trigger gives no ${value}. Use one of: ${oneOf(supplies)}.`,
    );
  }
}

/** The field an update_field step writes, or null with the fault noted at the key that names it wrongly. */
function checkUpdateTarget(
  step: ActionStep,
  valuePath: string,
  { findings }: ConfigScope,
): Field | null {
  const object = step.config['object'];
  const name = step.config['field'];
  if (
    typeof object !== 'string' ||
    !isObjectName(object) ||
    typeof name !== 'string' ||
    name === ''
  )
    return null;
  const path = valuePath.replace(/\.value$/, '.field');
  const field = findField(object, name, findings.custom);
  const editable = editableFieldsOf(object, findings.custom).map((known) => known.name);
  if (!field) {
    findings.fault(
      path,
      'unknown_field',
      `A ${object} has no field "${name}". Use one of: ${oneOf(editable)}.`,
    );
    return null;
  }
  if (!field.editable) {
    findings.fault(
      path,
      'read_only_field',
      `The field "${name}" of a ${object} cannot be written. Use one of: ${oneOf(editable)}.`,
    );
    return null;
  }
  return field;
}

function checkFieldValue(
  field: Field,
  value: unknown,
  path: string,
  { findings, knowledge }: ConfigScope,
): void {
  const prepared = prepareFieldValue(field, value);
  if (prepared === null || prepared === '') {
    if (field.presence !== 'optional')
      findings.fault(path, 'required', `${field.name} cannot be empty. Give it a value.`);
    return;
  }
  if (field.type === 'stage') {
    if (typeof prepared !== 'string' || !knowledge.stages.includes(prepared))
      findings.fault(path, 'unknown_stage', unknownStage(prepared, knowledge));
    return;
  }
  if (field.type === 'pipeline' && knowledge.pipelines) {
    if (typeof prepared !== 'string' || !knowledge.pipelines.includes(prepared))
      findings.fault(path, 'unknown_pipeline', unknownPipeline(prepared, knowledge.pipelines));
    return;
  }
  if (
    (field.type === 'date' || field.type === 'datetime') &&
    typeof prepared === 'string' &&
    parseDateConfig(prepared)
  )
    return;
  const result = fieldSchema(field).safeParse(prepared);
  if (!result.success)
    findings.fault(
      path,
      'wrong_type',
      `${result.error.issues[0]?.message ?? `${field.name} is not valid`}.`,
    );
}
