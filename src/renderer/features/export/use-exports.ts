import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { client } from '../../api/client.ts';
import { shownColumns, type ViewState } from '../views/view-state.ts';
import { useDownload } from './use-download.tsx';

/** What a list shows, with the words typed into its filter. */
export interface ShownList {
  readonly object: ObjectName;
  readonly state: ViewState;
  readonly q: string | undefined;
  /** Of the view, where it has one. */
  readonly name: string | undefined;
}

function today(): string {
  return new Date().toLocaleDateString('sv-SE');
}

/** The files a list, or everything, can be taken along as. */
export function useExports() {
  const { t } = useTranslation(['exports', 'records']);
  const { download, isBusy } = useDownload();

  const named = ({ object, name }: ShownList, ending: string): string =>
    `${name ?? t(`records:${object}.many`)} ${today()}.${ending}`.replaceAll(/[\\/:*?"<>|]/g, '-');

  return {
    isBusy,
    csv: (list: ShownList) => {
      const { object, state, q } = list;
      const columns = shownColumns(object, state.columns).map(({ field }) => field.name);
      // What a table shows as one column, a spreadsheet wants whole.
      const whole = columns.flatMap((name) =>
        object === 'contact' && name === 'name' ? ['first_name', 'last_name'] : [name],
      );
      return download(named(list, 'csv'), 'text/csv', (signal) =>
        client.exports.csv(
          {
            object,
            conditions: state.conditions ?? undefined,
            q,
            sort: state.sort ?? undefined,
            group_by: state.group_by ?? undefined,
            columns: [...new Set(whole)],
          },
          { signal },
        ),
      );
    },
    vcard: (list: ShownList) =>
      download(named(list, 'vcf'), 'text/vcard', (signal) =>
        client.exports.vcard(
          { conditions: list.state.conditions ?? undefined, q: list.q },
          { signal },
        ),
      ),
    calendar: (list: ShownList) =>
      download(named(list, 'ics'), 'text/calendar', (signal) =>
        client.exports.calendar(
          { conditions: list.state.conditions ?? undefined, q: list.q },
          { signal },
        ),
      ),
    json: () =>
      download(`Trellis ${today()}.json`, 'application/json', (signal) =>
        client.exports.json(undefined, { signal }),
      ),
  };
}
