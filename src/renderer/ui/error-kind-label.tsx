import { useTranslation } from 'react-i18next';
import type { ErrorKind } from '../../shared/model/error-kind.ts';

/** Who can do something about an error, said before its message. */
export function ErrorKindLabel({ kind }: { readonly kind: ErrorKind | null }) {
  const { t } = useTranslation('common');
  return kind === null ? null : <strong>{t(`error_kinds.${kind}`)} </strong>;
}
