import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';

/** What is done to links; a failure is told, and the links are read again either way. */
export function useLinkWrites() {
  const { t } = useTranslation('records');
  const failureText = useFailureText();
  const options = {
    onError: (error: unknown) =>
      notifications.show({
        title: t('links.failed'),
        message: failureText(error),
        color: 'red',
      }),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.contact_links.key() });
      // A primary one is a field of the record, too.
      void queryClient.invalidateQueries({ queryKey: api.contacts.key() });
      void queryClient.invalidateQueries({ queryKey: api.deals.key() });
    },
  };
  return {
    create: useMutation(api.contact_links.create.mutationOptions(options)),
    update: useMutation(api.contact_links.update.mutationOptions(options)),
    remove: useMutation(api.contact_links.remove.mutationOptions(options)),
  };
}
