import { ActionIcon, Tooltip } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/registry.ts';
import classes from './record-panel.module.css';

interface RecordPanelProps {
  readonly label: string;
  readonly title: ReactNode;
  /** One line of facts under the title. */
  readonly facts?: ReactNode;
  /** Beside the close button. */
  readonly actions?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The frame of what is shown beside a list; Esc closes it. */
export function RecordPanel({ label, title, facts, actions, onClose, children }: RecordPanelProps) {
  const { t } = useTranslation('common');
  useCommands([
    {
      id: 'back',
      label: 'commands:back',
      section: 'view',
      shortcut: 'escape',
      keyboardOnly: true,
      perform: onClose,
    },
  ]);

  return (
    <aside className={classes.panel} aria-label={label} data-testid="record-panel">
      <header className={classes.header}>
        <div className={classes.top}>
          <div className={classes.title}>{title}</div>
          <div className={classes.actions}>
            {actions}
            <Tooltip label={t('close')}>
              <ActionIcon onClick={onClose} aria-label={t('close')}>
                <X size={16} strokeWidth={1.75} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
        </div>
        {facts && <div className={classes.facts}>{facts}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}

interface PanelSectionProps {
  readonly title: string;
  readonly count?: number;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function PanelSection({ title, count, action, children }: PanelSectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h3 className={classes.sectionTitle}>{title}</h3>
        {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
        <div className={classes.sectionAction}>{action}</div>
      </div>
      {children}
    </section>
  );
}
