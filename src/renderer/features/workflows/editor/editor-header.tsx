import { ActionIcon, Button, Menu, TextInput, Tooltip, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ChevronDown, Ellipsis, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type PauseMode,
  pauseModes,
  type WorkflowStatus,
} from '../../../../shared/workflow/definition.ts';
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
  /** Pauses an active workflow, in the way that was chosen. */
  readonly onPause: (runs: PauseMode) => void;
  /** Runs that wait now: what a pause is about; undefined until it is known. */
  readonly waiting: number | undefined;
}

export function EditorHeader(props: EditorHeaderProps) {
  const { name, nameError, status, parked, dirty, onName, onRun, onDiscard, onDelete } = props;
  const { t } = useTranslation('workflows');
  return (
    <header className={classes.header}>
      <VisuallyHidden component="h1">{name === '' ? t('untitled') : name}</VisuallyHidden>
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
function SaveButtons(props: EditorHeaderProps) {
  const { status, dirty, saving, onSave } = props;
  const { t } = useTranslation('workflows');
  if (status === 'active') {
    return (
      <>
        <PauseMenu {...props} />
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

/** With runs that wait, a pause asks what becomes of them; without, it asks nothing. */
function PauseMenu({ saving, waiting = 0, onPause }: EditorHeaderProps) {
  const { t } = useTranslation('workflows');
  if (waiting === 0) {
    return (
      <Button variant="default" disabled={saving} onClick={() => onPause('drain')}>
        {t('editor.pause')}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant="default" disabled={saving} rightSection={<ChevronDown size={14} />}>
          {t('editor.pause')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('pause.waiting', { count: waiting })}</Menu.Label>
        {pauseModes.map((mode) => (
          <Menu.Item key={mode} onClick={() => onPause(mode)}>
            <div>{t(`pause.${mode}`)}</div>
            <div className={classes.menuHelp}>{t(`pause.${mode}_help`)}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
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
