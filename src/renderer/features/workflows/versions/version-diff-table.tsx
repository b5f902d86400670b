import { useTranslation } from 'react-i18next';
import type { DiffRow, DiffSide } from '../model/version-diff.ts';
import classes from './versions.module.css';

interface VersionDiffTableProps {
  readonly rows: readonly DiffRow[];
  readonly before: string;
  readonly after: string;
}

/** Two definitions side by side, in words: what went is struck, what came is bold. */
export function VersionDiffTable({ rows, before, after }: VersionDiffTableProps) {
  const { t } = useTranslation('workflows');
  return (
    <table className={classes.diff}>
      <thead>
        <tr>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-kind={row.kind}>
            <Side side={row.before} depth={row.depth} tag={row.kind === 'same' ? 'span' : 'del'} />
            <Side side={row.after} depth={row.depth} tag={row.kind === 'same' ? 'span' : 'ins'} />
          </tr>
        ))}
        {rows.every(({ kind }) => kind === 'same') && (
          <tr>
            <td colSpan={2}>{t('versions.no_difference')}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface SideProps {
  readonly side: DiffSide | null;
  readonly depth: number;
  readonly tag: 'span' | 'del' | 'ins';
}

function Side({ side, depth, tag: Tag }: SideProps) {
  return (
    <td style={{ paddingLeft: 12 + depth * 16 }}>
      {side && <Tag>{side.text}</Tag>}
      {side?.details.map((detail) => (
        <Tag key={detail} className={classes.detail ?? ''}>
          {detail}
        </Tag>
      ))}
    </td>
  );
}
