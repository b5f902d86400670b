import { useTranslation } from 'react-i18next';
import { Textarea } from '@mantine/core';
import { fieldDomId, problemsAt } from '../model/problem-place.ts';
import { useStages } from '../use-words.ts';
import classes from './editor.module.css';
import { SettingsForm } from './settings-form.tsx';
import type { WorkflowEditor } from './use-workflow-editor.ts';

/** What holds for the workflow as a whole. */
export function SettingsTab({ editor }: { readonly editor: WorkflowEditor }) {
  const { t } = useTranslation('workflows');
  const stages = useStages();
  const { draft, change, shown } = editor;
  const details = problemsAt(shown, (place) => place.part === 'details');
  return (
    <div className={classes.settingsPage}>
      <div className={classes.settings}>
        <Textarea
          id={fieldDomId('details', 'description')}
          label={t('editor.description')}
          placeholder={t('editor.description_placeholder')}
          autosize
          minRows={2}
          value={draft.description}
          error={details.get('description')?.message}
          onChange={(event) => change({ ...draft, description: event.currentTarget.value })}
        />
        <SettingsForm
          draft={draft}
          stages={stages}
          problems={problemsAt(shown, (place) => place.part === 'settings')}
          onBlur={editor.touch}
          onChange={(changed) => change({ ...draft, ...changed })}
        />
      </div>
    </div>
  );
}
