import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { actionDescriptors, actionTypes } from '../../../../shared/workflow/actions/index.ts';
import { useWorkflowText } from '../use-words.ts';
import { StepIcon } from './step-icon.tsx';
import classes from './editor.module.css';

interface StepLibraryProps {
  /** The button that opens it. */
  readonly children: ReactElement;
  readonly onChoose: (type: string) => void;
}

/** Every step there is, with what it does. */
export function StepLibrary({ children, onChoose }: StepLibraryProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (
    <Menu width={320} position="bottom" returnFocus={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('editor.choose_step')}</Menu.Label>
        {actionTypes.map((type) => (
          <Menu.Item
            key={type}
            leftSection={<StepIcon type={type} />}
            onClick={() => onChoose(type)}
          >
            <span className={classes.libraryLabel}>
              {text(`actions.${type}.label`, { defaultValue: actionDescriptors[type].label })}
            </span>
            <span className={classes.libraryHint}>
              {text(`actions.${type}.description`, {
                defaultValue: actionDescriptors[type].description,
              })}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
