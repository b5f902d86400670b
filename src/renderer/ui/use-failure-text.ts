import { useTranslation } from 'react-i18next';
import { describeFailure } from '../api/errors.ts';

/** What a failed call says to a person: the server's own words, or ours when it said nothing. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useTranslation('common');
  return (error) => {
    const { message, code, kind } = describeFailure(error);
    if (code === 'connection_lost') return t('connection_failed');
    return message || t(kind === 'our_bug' ? 'our_bug_failed' : 'unknown_failed');
  };
}
