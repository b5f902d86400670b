import { ActionIcon, Button, FileButton, Input } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import type { TextFieldProps } from './template-input.tsx';
import classes from './text-map-input.module.css';

/** A call may carry 1 MB, and base64 makes a third more of a file. */
const largestBytes = 700_000;

interface AttachmentsInputProps extends Omit<TextFieldProps, 'value' | 'onChange'> {
  readonly ids: readonly string[];
  readonly onIds: (ids: readonly string[]) => void;
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      // A data URL, as asked for below.
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
}

/** Files that go with a mail; they are kept in the file, so the step works wherever it is. */
export function AttachmentsInput({ id, label, ids, error, onIds }: AttachmentsInputProps) {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const queries = useQueryClient();
  const { data } = useQuery(api.attachments.list.queryOptions());
  const upload = useMutation(
    api.attachments.create.mutationOptions({
      onSuccess: async ({ id: added }) => {
        onIds([...ids, added]);
        await queries.invalidateQueries({ queryKey: api.attachments.key() });
      },
      onError: (failure) => notifications.show({ color: 'red', message: failureText(failure) }),
    }),
  );

  async function attach(file: File | null): Promise<void> {
    if (!file) return;
    if (file.size > largestBytes) {
      notifications.show({ color: 'red', message: t('steps.too_large', { name: file.name }) });
      return;
    }
    upload.mutate({
      file_name: file.name,
      content_type: file.type === '' ? 'application/octet-stream' : file.type,
      content_base64: await readBase64(file),
    });
  }

  return (
    <Input.Wrapper label={label} error={error ?? null} labelElement="div">
      <div id={id} tabIndex={-1} className={classes.rows}>
        {ids.map((one) => {
          const name =
            data?.items.find((file) => file.id === one)?.file_name ?? t('steps.unknown_file');
          return (
            <div key={one} className={classes.file}>
              <Paperclip size={14} aria-hidden />
              <span>{name}</span>
              <ActionIcon
                aria-label={t('steps.remove_file', { name })}
                onClick={() => onIds(ids.filter((other) => other !== one))}
              >
                <X size={14} aria-hidden />
              </ActionIcon>
            </div>
          );
        })}
        <FileButton onChange={(file) => void attach(file)}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              size="compact-sm"
              disabled={upload.isPending}
              leftSection={<Paperclip size={14} aria-hidden />}
              className={classes.add ?? ''}
            >
              {t(upload.isPending ? 'steps.attaching' : 'steps.attach')}
            </Button>
          )}
        </FileButton>
      </div>
    </Input.Wrapper>
  );
}
