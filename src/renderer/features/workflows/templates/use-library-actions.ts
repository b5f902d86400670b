import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  type WorkflowFile,
  writeWorkflowFile,
} from '../../../../shared/workflow/portable/workflow-file.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';

/** What can be done with a workflow as a whole: a copy, a file, a template. */
export function useLibraryActions({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useTranslation('library');
  const navigate = useNavigate();
  const failureText = useFailureText();
  const onError = (error: Error) =>
    notifications.show({ color: 'red', message: failureText(error) });

  const clone = useMutation(
    api.workflow_files.clone.mutationOptions({
      onSuccess: (copy) => {
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
        notifications.show({ message: t('cloned', { name: copy.name }) });
        void navigate({ to: '/workflows/$workflowId', params: { workflowId: copy.id } });
      },
      onError,
    }),
  );
  const exported = useMutation({
    networkMode: 'always',
    mutationFn: () => api.workflow_files.export.call({ id }),
    onSuccess: (file) => download(file, name),
    onError,
  });
  const save = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const file = await api.workflow_files.export.call({ id });
      return api.workflow_templates.create.call({
        name,
        summary: file.description?.slice(0, 500) ?? '',
        file,
      });
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: api.workflow_templates.key() });
      notifications.show({ message: t('saved_template', { name }) });
    },
    onError,
  });
  return {
    clone: () => clone.mutate({ id }),
    export: () => exported.mutate(),
    saveTemplate: () => save.mutate(),
  };
}

/** Hands the file to the person, under the name of its workflow. */
function download(file: WorkflowFile, name: string): void {
  const url = URL.createObjectURL(
    new Blob([writeWorkflowFile(file)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'workflow'}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
