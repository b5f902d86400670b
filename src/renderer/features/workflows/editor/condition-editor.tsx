import { ActionIcon, Button, Select } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import {
  blankRule,
  type EditGroup,
  type EditNode,
  groupMeanings,
  isEditGroup,
  meaningOf,
  readGroup,
  storedGroup,
  withMeaning,
} from '../model/condition-draft.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { useProblemText } from '../use-problem-text.ts';
import classes from './condition-editor.module.css';
import { ConditionRuleRow } from './condition-rule.tsx';
import type { FormScope } from './config-field-input.tsx';
import formClasses from './editor.module.css';
import { MatchingCount } from './matching-count.tsx';

interface ConditionEditorProps {
  /** `trigger`, or the id of the step: where its problems belong. */
  readonly part: string;
  /** The field that holds the tree. */
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly value: unknown;
  readonly scope: Pick<FormScope, 'objects' | 'stages'>;
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (conditions: Readonly<Record<string, unknown>>) => void;
  readonly onBlur: (field: string) => void;
}

const emptyGroup: EditGroup = { combinator: 'and', not: false, rules: [] };

/** Conditions as a form: groups within groups, each rule a field, a comparison and a value. */
export function ConditionEditor(props: ConditionEditorProps) {
  const { part, name, label, description, value, problems } = props;
  const problemText = useProblemText();
  const own = problems.get(name);
  const shown = useStrayProblems(name, problems, value);
  // Rules about several objects are asked of the one the workflow is about.
  const [counted] = props.scope.objects;
  return (
    <fieldset className={classes.editor}>
      <legend className={classes.legend}>{label}</legend>
      {description !== undefined && <p className={formClasses.formHint}>{description}</p>}
      {own && (
        <p role="alert" id={fieldDomId(part, name)} tabIndex={-1} className={formClasses.formError}>
          {problemText(own)}
        </p>
      )}
      <Group
        {...props}
        path={name}
        group={readGroup(value) ?? emptyGroup}
        depth={0}
        onGroup={(group) => props.onChange(storedGroup(group))}
      />
      {counted && isConditions(value) && <MatchingCount object={counted} conditions={value} />}
      {shown.map(([field, problem]) => (
        <p
          key={field}
          role="alert"
          id={fieldDomId(part, field)}
          tabIndex={-1}
          className={formClasses.formError}
        >
          {problemText(problem)}
        </p>
      ))}
    </fieldset>
  );
}

function isConditions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Problems of what has no input of its own here, such as a key nobody knows. */
function useStrayProblems(
  name: string,
  problems: ReadonlyMap<string, Problem>,
  value: unknown,
): readonly (readonly [string, Problem])[] {
  const readable = readGroup(value) !== null;
  return [...problems].filter(
    ([field]) =>
      field.startsWith(`${name}.`) &&
      !(readable && /\.rules\[\d+\]\.(field|operator|value)$/.test(field)),
  );
}

interface GroupProps extends ConditionEditorProps {
  readonly path: string;
  readonly group: EditGroup;
  readonly depth: number;
  readonly onGroup: (group: EditGroup) => void;
}

function Group(props: GroupProps) {
  const { part, path, group, depth, onGroup } = props;
  const { t } = useTranslation('workflows');
  // A new rule has the focus: it is what the user goes on with.
  const added = useRef<string | null>(null);
  useEffect(() => {
    if (added.current === null) return;
    document.getElementById(fieldDomId(part, `${added.current}.field`))?.focus();
    added.current = null;
  });
  const change = (rules: readonly EditNode[]): void => onGroup({ ...group, rules });
  return (
    <div className={classes.group} data-nested={depth > 0 || undefined}>
      {group.rules.length + depth > 1 && (
        <Select
          className={classes.meaning ?? ''}
          size="xs"
          aria-label={t('flow.conditions.match')}
          data={groupMeanings.map((meaning) => ({
            value: meaning,
            label: t(`flow.conditions.${meaning}`),
          }))}
          value={meaningOf(group)}
          allowDeselect={false}
          onChange={(meaning) => meaning && onGroup(withMeaning(group, meaning))}
        />
      )}
      {group.rules.map((node, index) => {
        const at = `${path}.rules[${index}]`;
        const replace = (next: EditNode): void => change(group.rules.with(index, next));
        const remove = (): void => change(group.rules.toSpliced(index, 1));
        return (
          // oxlint-disable-next-line react/no-array-index-key -- rules have no other name, and hold no state
          <div key={`${path} ${index} ${isEditGroup(node) ? 'group' : 'rule'}`}>
            {isEditGroup(node) ? (
              <div className={classes.nested}>
                <Group {...props} path={at} group={node} depth={depth + 1} onGroup={replace} />
                <ActionIcon
                  className={classes.removeGroup ?? ''}
                  size={22}
                  aria-label={t('flow.conditions.remove_group', { number: index + 1 })}
                  onClick={remove}
                >
                  <X size={14} />
                </ActionIcon>
              </div>
            ) : (
              <ConditionRuleRow
                part={props.part}
                path={at}
                number={index + 1}
                rule={node}
                scope={props.scope}
                problems={props.problems}
                onChange={replace}
                onBlur={props.onBlur}
                onRemove={remove}
              />
            )}
          </div>
        );
      })}
      <div className={classes.actions}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Plus size={12} />}
          onClick={() => {
            change([...group.rules, blankRule]);
            added.current = `${path}.rules[${group.rules.length}]`;
          }}
        >
          {t('flow.conditions.add')}
        </Button>
        {depth < 3 && group.rules.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Plus size={12} />}
            onClick={() =>
              change([...group.rules, { combinator: 'or', not: false, rules: [blankRule] }])
            }
          >
            {t('flow.conditions.add_group')}
          </Button>
        )}
      </div>
    </div>
  );
}
