import { Button } from '@mantine/core';
import type { Node, NodeProps } from '@xyflow/react';
import { CircleStop, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { StepIcon, TriggerIcon } from '../editor/step-icon.tsx';
import { StepLibrary } from '../editor/step-library.tsx';
import { StepMenu } from '../editor/step-menu.tsx';
import type { CanvasNode, StepCardBox } from '../model/canvas-layout.ts';
import { conditionsInWords } from '../model/condition-words.ts';
import { isKnownStep, listLabel, stepLabel } from '../model/step-label.ts';
import { triggersInWords } from '../model/trigger-words.ts';
import { draftTriggers } from '../model/workflow-draft.ts';
import { stepInWords } from '../model/workflow-words.ts';
import { useStages, useWords, useWorkflowText } from '../use-words.ts';
import { type NodeMark, nodeAttribute, samePlace, useCanvas } from './canvas-view.ts';
import classes from './canvas.module.css';

/** A node as the drawing library keeps it. */
export type FlowNode = Node<{ readonly node: CanvasNode }>;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function CanvasNodeView({ data }: NodeProps<FlowNode>) {
  const { node } = data;
  switch (node.kind) {
    case 'trigger':
      return <TriggerNode node={node} />;
    case 'step':
      return <StepNode node={node} />;
    case 'branch':
      return <HeadNode node={node} />;
    case 'end':
      return <EndNode node={node} />;
  }
}

/** What every node's button has: its place in the keyboard's path, and what keys and the mouse do. */
function useNodeButton(node: CanvasNode) {
  const { current, onFocus, onChoose, onKey } = useCanvas();
  return {
    ...nodeAttribute(node.id),
    tabIndex: current === node.id ? 0 : -1,
    onFocus: () => onFocus(node.id),
    onClick: () => onChoose(node.id),
    onKeyDown: (event: React.KeyboardEvent) => onKey(event, node),
  };
}

function TriggerNode({ node }: { readonly node: CanvasNode }) {
  const { t } = useTranslation('workflows');
  const { draft, selected, marks } = useCanvas();
  const words = useWords();
  const conditions = conditionsInWords(draft.conditions, words);
  const mark = marks.get('trigger');
  return (
    <button
      {...useNodeButton(node)}
      type="button"
      className={classes.card}
      data-selected={selected === 'trigger' || undefined}
      aria-pressed={selected === 'trigger'}
    >
      <span className={classes.icon} data-kind="trigger">
        <TriggerIcon />
      </span>
      <span className={classes.text}>
        <span className={classes.title}>
          {t('editor.trigger')}
          {mark && <Mark tone={mark.tone} text={mark.text} />}
        </span>
        <span className={classes.words} data-lines={conditions === '' ? 3 : 1}>
          {t('words.when', { trigger: triggersInWords(draftTriggers(draft), words) })}
        </span>
        {conditions !== '' && (
          <span className={classes.words}>{t('flow.words.only_when', { conditions })}</span>
        )}
      </span>
    </button>
  );
}

function StepNode({ node }: { readonly node: StepCardBox }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const words = useWords();
  const { selected, current, marks, reached, editing } = useCanvas();
  const { step, number, off, insertAfter } = node;
  const label = stepLabel(step.type, text);
  const mark = marks.get(step.id);
  return (
    <div
      className={classes.step}
      data-dragged={editing?.dragged === step.id || undefined}
      data-off={off || !step.enabled || undefined}
      data-missed={(reached !== null && !reached.has(step.id)) || undefined}
    >
      <button
        {...useNodeButton(node)}
        type="button"
        className={classes.card}
        data-selected={selected === step.id || undefined}
        data-menu={editing !== null || undefined}
        aria-pressed={selected === step.id}
      >
        <span className={classes.icon}>
          <StepIcon type={step.type} known={isKnownStep(step.type)} />
        </span>
        <span className={classes.text}>
          <span className={classes.title}>
            <span className={classes.name}>{step.name === '' ? label : step.name}</span>
            {!step.enabled && <span className={classes.offLabel}>{t('editor.off')}</span>}
            {mark && <Mark tone={mark.tone} text={mark.text} />}
          </span>
          <span className={classes.words}>{capitalized(stepInWords(step, words))}</span>
        </span>
      </button>
      {editing && (
        <StepMenu
          number={number}
          enabled={step.enabled}
          canMoveUp={insertAfter.at > 1}
          canMoveDown={!node.last}
          canPaste={editing.canPaste}
          tabIndex={current === step.id ? 0 : -1}
          edits={{
            onMove: (by) => editing.edits.move(step.id, by),
            onDuplicate: () => editing.edits.duplicate(step.id),
            onCopy: () => editing.edits.copy(step.id),
            onPaste: () => editing.edits.paste(insertAfter),
            onToggle: () => editing.edits.toggle(step.id),
            onRemove: () => editing.edits.remove(step.id),
          }}
        />
      )}
    </div>
  );
}

function Mark({ tone, text }: NodeMark) {
  return (
    <span className={classes.mark}>
      <StatusDot tone={tone} />
      {text}
    </span>
  );
}

function HeadNode({ node }: { readonly node: Extract<CanvasNode, { kind: 'branch' }> }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const stages = useStages();
  const { reached, editing, marks } = useCanvas();
  const button = useNodeButton(node);
  const { step, list, number, off } = node;
  const below = list === null ? undefined : step.lists[list];
  const label = below
    ? listLabel(step, below, stages, text)
    : t(step.type === 'wait' ? 'canvas.in_time' : 'canvas.no_error');
  const mark = marks.get(node.id);
  const shared = {
    className: classes.head,
    'data-off': off || undefined,
    'data-missed': (reached !== null && !reached.has(node.id)) || undefined,
  };
  const content = (
    <>
      <span className={classes.headText}>{label}</span>
      {mark && <span className={classes.headCount}>{mark.text}</span>}
    </>
  );
  if (!below || !editing) return <div {...shared}>{content}</div>;
  return (
    <button
      {...button}
      {...shared}
      type="button"
      aria-label={t('flow.list_label', { list: label, number })}
    >
      {content}
    </button>
  );
}

function EndNode({ node }: { readonly node: Extract<CanvasNode, { kind: 'end' }> }) {
  const { t } = useTranslation('workflows');
  const { draft, editing } = useCanvas();
  const button = useNodeButton(node);
  if (!editing) {
    return (
      <div className={classes.end}>
        <CircleStop size={14} aria-hidden />
        {t('canvas.end')}
      </div>
    );
  }
  return (
    <div className={classes.end}>
      <StepLibrary
        opened={samePlace(editing.openAt, node.insert)}
        onOpened={(opened) => editing.onOpenAt(opened ? node.insert : null)}
        onChoose={(type) => editing.edits.add(type, node.insert)}
      >
        <Button
          {...button}
          className={classes.add ?? ''}
          variant="default"
          data-drop={samePlace(editing.dropAt, node.insert) || undefined}
          leftSection={<Plus size={14} />}
        >
          {t('editor.add_step')}
        </Button>
      </StepLibrary>
      {draft.steps.length === 0 && <p className={classes.endHint}>{t('editor.no_steps')}</p>}
    </div>
  );
}
