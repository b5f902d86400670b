import { ActionIcon } from '@mantine/core';
import { ViewportPortal } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { StepLibrary } from '../editor/step-library.tsx';
import { type CanvasLayout, type CanvasLine, pathOf } from '../model/canvas-layout.ts';
import { listLabel } from '../model/step-label.ts';
import { useStages, useWorkflowText } from '../use-words.ts';
import { samePlace, useCanvas } from './canvas-view.ts';
import classes from './canvas.module.css';

/**
 * The lines from step to step, each with the button that puts a step there. Drawn from the layout and not as edges of
 * the library: while a card is dragged they stay where they are and show where it may go.
 */
export function CanvasLines({ layout }: { readonly layout: CanvasLayout }) {
  const { editing, reached } = useCanvas();
  return (
    <ViewportPortal>
      <svg className={classes.lines} aria-hidden>
        {layout.lines.map((line) => (
          <path
            key={line.id}
            d={pathOf(line)}
            data-off={line.off || undefined}
            data-missed={(reached !== null && !reached.has(line.id)) || undefined}
          />
        ))}
      </svg>
      {editing &&
        layout.lines.map((line) =>
          line.plus ? <PlusButton key={line.id} layout={layout} plus={line.plus} /> : null,
        )}
    </ViewportPortal>
  );
}

interface PlusButtonProps {
  readonly layout: CanvasLayout;
  readonly plus: NonNullable<CanvasLine['plus']>;
}

function PlusButton({ layout, plus }: PlusButtonProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const stages = useStages();
  const { editing } = useCanvas();
  if (!editing) return null;
  const { insert, last } = plus;
  const owner = layout.nodes.find(
    (node) => node.kind === 'step' && node.id === insert.place.parent,
  );
  const list = owner?.kind === 'step' ? owner.step.lists[insert.place.list] : undefined;
  const drop = samePlace(editing.dropAt, insert);
  return (
    <div
      className={`${classes.plus ?? ''} nodrag nopan`}
      style={{ transform: `translate(-50%, -50%) translate(${plus.x}px, ${plus.y}px)` }}
      data-drop={drop || undefined}
    >
      <StepLibrary
        opened={samePlace(editing.openAt, insert)}
        onOpened={(opened) => editing.onOpenAt(opened ? insert : null)}
        onChoose={(type) => editing.edits.add(type, insert)}
      >
        <ActionIcon
          size={20}
          radius="xl"
          variant="default"
          // Arrow keys lead from step to step, and `+` adds one behind a step.
          tabIndex={-1}
          aria-label={
            last && list && owner?.kind === 'step'
              ? t('flow.add_step_to', {
                  list: listLabel(owner.step, list, stages, text),
                  number: owner.number,
                })
              : t('editor.add_step_here')
          }
        >
          <Plus size={12} />
        </ActionIcon>
      </StepLibrary>
    </div>
  );
}
