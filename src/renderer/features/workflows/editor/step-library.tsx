import { Menu, ScrollArea } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActionType, actionTypes } from '../../../../shared/workflow/actions/index.ts';
import { type ControlType, controlTypes } from '../../../../shared/workflow/definition.ts';
import { stepDescription, stepLabel } from '../model/step-label.ts';
import { useWorkflowText } from '../use-words.ts';
import { StepIcon } from './step-icon.tsx';
import classes from './editor.module.css';

interface StepLibraryProps {
  /** The button that opens it. */
  readonly children: ReactElement;
  readonly onChoose: (type: string) => void;
  /** Opened from elsewhere, by the keyboard. */
  readonly opened?: boolean;
  readonly onOpened?: (opened: boolean) => void;
}

/** Every step there is, with what it does. */
export function StepLibrary({ children, onChoose, opened, onOpened }: StepLibraryProps) {
  const { t } = useTranslation('workflows');
  return (
    <Menu
      width={340}
      position="bottom"
      returnFocus={false}
      {...(opened === undefined ? {} : { opened })}
      {...(onOpened ? { onChange: onOpened } : {})}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah="min(480px, 70vh)" type="scroll">
          <Menu.Label>{t('flow.actions')}</Menu.Label>
          {actionTypes.map((type) => (
            <LibraryItem key={type} type={type} onChoose={onChoose} />
          ))}
          <Menu.Divider />
          <Menu.Label>{t('flow.group')}</Menu.Label>
          {controlTypes.map((type) => (
            <LibraryItem key={type} type={type} onChoose={onChoose} />
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}

interface LibraryItemProps {
  readonly type: ActionType | ControlType;
  readonly onChoose: (type: string) => void;
}

function LibraryItem({ type, onChoose }: LibraryItemProps) {
  const text = useWorkflowText();
  return (
    <Menu.Item leftSection={<StepIcon type={type} />} onClick={() => onChoose(type)}>
      <span className={classes.libraryLabel}>{stepLabel(type, text)}</span>
      <span className={classes.libraryHint}>{stepDescription(type, text)}</span>
    </Menu.Item>
  );
}
