import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Ellipsis, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WorkflowStatus } from '../../../../shared/workflow/definition.ts';
import { StatusPill } from '../../../ui/status-dot.tsx';
import { fieldDomId } from '../model/problem-place.ts';
import classes from './editor.module.css';

interface EditorHeaderProps {
  readonly name: string;
  readonly nameError: string | undefined;
  /** Null for a workflow that is not saved yet. */
  readonly status: WorkflowStatus | null;
  readonly parked: boolean;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly onName: (name: string) => void;
  readonly onSave: (status: WorkflowStatus) => void;
  readonly onRun: () => void;
  readonly onDiscard: () => void;
  readonly onDelete: () => void;
}

export function EditorHeader(props: EditorHeaderProps) {
  const { name, nameError, status, parked, dirty, onName, onRun, onDiscard, onDelete } = props;
  const { t } = useTranslation('workflows');
  return (
    <header className={classes.header}>
      <Tooltip label={t('editor.back')}>
        <ActionIcon
          aria-label={t('editor.back')}
          renderRoot={(root: object) => <Link to="/workflows" {...root} />}
        >
          <ArrowLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <TextInput
        id={fieldDomId('details', 'name')}
        className={classes.nameInput ?? ''}
        aria-label={t('editor.name')}
        placeholder={t('editor.name_placeholder')}
        value={name}
        error={nameError !== undefined}
        title={nameError ?? name}
        autoFocus={status === null}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      {status && <WorkflowStatusPill status={status} parked={parked} />}
      <span className={classes.unsaved} aria-live="polite">
        {dirty && t('editor.unsaved')}
      </span>
      {status && (
        <Button variant="default" leftSection={<Play size={14} />} onClick={onRun}>
          {t('editor.run_now')}
        </Button>
      )}
      <SaveButtons {...props} />
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon aria-label={t('editor.more')}>
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!dirty} onClick={onDiscard}>
            {t('editor.discard')}
          </Menu.Item>
          {status && (
            <Menu.Item color="red" onClick={onDelete}>
              {t('editor.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

/** A draft is saved or turned on; what is on is saved or paused; what is paused is saved or turned on. */
function SaveButtons({ status, dirty, saving, onSave }: EditorHeaderProps) {
  const { t } = useTranslation('workflows');
  if (status === 'active') {
    return (
      <>
        <Button variant="default" disabled={saving} onClick={() => onSave('paused')}>
          {t('editor.pause')}
        </Button>
        <Button disabled={!dirty || saving} onClick={() => onSave('active')}>
          {t('editor.save')}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button
        variant="default"
        disabled={saving || (status !== null && !dirty)}
        onClick={() => onSave(status ?? 'draft')}
      >
        {t(status === 'paused' ? 'editor.save' : 'editor.save_draft')}
      </Button>
      <Button disabled={saving} onClick={() => onSave('active')}>
        {t('editor.turn_on')}
      </Button>
    </>
  );
}

function WorkflowStatusPill({
  status,
  parked,
}: {
  readonly status: WorkflowStatus;
  readonly parked: boolean;
}) {
  const { t } = useTranslation('workflows');
  if (parked) return <StatusPill tone="red" label={t('status.parked')} />;
  const tones = { active: 'green', draft: 'grey', paused: 'amber' } as const;
  return <StatusPill tone={tones[status]} label={t(`status.${status}`)} />;
}
