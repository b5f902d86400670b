import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleCheck, CirclePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ImportMapping,
  ImportNeed,
  WorkflowTemplate,
} from '../../../../shared/contract/library.ts';
import { isObjectName } from '../../../../shared/model/objects.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { draftOf } from '../model/workflow-draft.ts';
import { workflowInWords } from '../model/workflow-words.ts';
import { useWords } from '../use-words.ts';
import { isComplete, NeedsForm } from './needs-form.tsx';
import classes from './templates.module.css';
import { UndoToast } from './undo-toast.tsx';

/** One template: its story, what it does in words, what it needs, and the way to a draft of it. */
export function TemplateDetails({ template }: { readonly template: WorkflowTemplate }) {
  const { t } = useTranslation('library');
  const navigate = useNavigate();
  const words = useWords();
  const failureText = useFailureText();
  const [mapping, setMapping] = useState<ImportMapping>({});
  const { id, file, name, needs, story, summary, is_built_in: isBuiltIn } = template;
  const [first] = file.triggers;
  const draft = draftOf({
    ...file,
    trigger_type: first?.type ?? '',
    trigger_config: first?.config ?? {},
  });
  const use = useMutation(
    api.workflow_templates.use.mutationOptions({
      onSuccess: (workflow) => {
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
        void queryClient.invalidateQueries({ queryKey: api.custom_fields.key() });
        void navigate({ to: '/workflows/$workflowId', params: { workflowId: workflow.id } });
      },
    }),
  );
  const remove = useRemove(template);
  // Only a stage must be chosen; the rest is said, and can be changed in the draft.
  const stages = needs.filter(({ kind }) => kind === 'stage');

  return (
    <section className={classes.details} aria-label={name}>
      <div className={classes.text}>
        <h2 className={classes.name}>{name}</h2>
        <p className={classes.story}>{story ?? summary}</p>
        {stages.some(({ is_present: present }) => !present) && (
          <>
            <h3 className={classes.heading}>{t('mapping')}</h3>
            <NeedsForm needs={stages} mapping={mapping} onChange={setMapping} />
          </>
        )}
        <div className={classes.actions}>
          <Button
            loading={use.isPending}
            disabled={!isComplete(needs, mapping)}
            onClick={() => use.mutate({ id, ...mapping })}
          >
            {t('use')}
          </Button>
          {!isBuiltIn && (
            <Button variant="default" onClick={() => remove.mutate({ id })}>
              {t('remove')}
            </Button>
          )}
        </div>
        {use.error && (
          <p className={classes.error} role="alert">
            {failureText(use.error)}
          </p>
        )}
        {/* Without its field the sentence could only say the field's key. */}
        {needs.every(({ kind, is_present: present }) => kind !== 'field' || present) && (
          <>
            <h3 className={classes.heading}>{t('in_words')}</h3>
            <p className={classes.words}>{workflowInWords(draft, words)}</p>
          </>
        )}
        {needs.length > 0 && (
          <>
            <h3 className={classes.heading}>{t('needs')}</h3>
            <ul className={classes.needs}>
              {needs.map((need) => (
                <li key={`${need.kind} ${need.name}`}>
                  <Need need={need} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

function Need({ need: { kind, name, label, is_present: present } }: { readonly need: ImportNeed }) {
  const { t } = useTranslation(['library', 'workflows']);
  const [object = ''] = name.split('.');
  const Icon = present ? CircleCheck : CirclePlus;
  const text =
    kind === 'field' && !present && isObjectName(object)
      ? t('library:needs_field', { label, object: t(`workflows:objects.${object}`) })
      : kind === 'tag' && !present
        ? t('library:needs_tag', { label })
        : present
          ? t('library:needs_here', { label })
          : label;
  return (
    <>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span>{text}</span>
    </>
  );
}

/** Takes one of the user's away at once, with the way back. */
function useRemove({ id, name, summary, file }: WorkflowTemplate) {
  const { t } = useTranslation('library');
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.workflow_templates.key() });
  const toast = `template-${id}`;

  async function bringBack(): Promise<void> {
    notifications.hide(toast);
    await api.workflow_templates.create.call({ name, summary, file });
    await refresh();
  }

  return useMutation(
    api.workflow_templates.remove.mutationOptions({
      onSuccess: () => {
        notifications.show({
          id: toast,
          autoClose: 8_000,
          message: <UndoToast text={t('removed', { name })} onUndo={() => void bringBack()} />,
        });
        return refresh();
      },
    }),
  );
}
