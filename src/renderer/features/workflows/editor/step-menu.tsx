import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './editor.module.css';

export interface StepMenuEdits {
  readonly onMove: (by: -1 | 1) => void;
  readonly onDuplicate: () => void;
  readonly onCopy: () => void;
  /** Puts what was copied behind the step. */
  readonly onPaste: () => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
}

interface StepMenuProps {
  /** As steps are counted over the whole workflow, from 1. */
  readonly number: number;
  readonly enabled: boolean;
  readonly canMoveUp: boolean;
  readonly canMoveDown: boolean;
  readonly canPaste: boolean;
  /** Left out of the way of the Tab key where arrow keys lead from step to step. */
  readonly tabIndex?: number;
  readonly edits: StepMenuEdits;
}

/** What can be done with a step as a whole. */
export function StepMenu(props: StepMenuProps) {
  const { number, enabled, canMoveUp, canMoveDown, canPaste, tabIndex = 0, edits } = props;
  const { t } = useTranslation('workflows');
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          className={`${classes.cardMenu ?? ''} nodrag nopan`}
          tabIndex={tabIndex}
          aria-label={t('editor.step_menu', { number })}
        >
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={!canMoveUp} onClick={() => edits.onMove(-1)}>
          {t('editor.move_up')}
        </Menu.Item>
        <Menu.Item disabled={!canMoveDown} onClick={() => edits.onMove(1)}>
          {t('editor.move_down')}
        </Menu.Item>
        <Menu.Item onClick={edits.onDuplicate}>{t('editor.duplicate')}</Menu.Item>
        <Menu.Item onClick={edits.onCopy}>{t('editor.copy')}</Menu.Item>
        <Menu.Item disabled={!canPaste} onClick={edits.onPaste}>
          {t('editor.paste')}
        </Menu.Item>
        <Menu.Item onClick={edits.onToggle}>
          {t(enabled ? 'editor.turn_off' : 'editor.turn_on_step')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={edits.onRemove}>
          {t('editor.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
