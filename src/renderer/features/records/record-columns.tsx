import type { Field } from '../../../shared/model/fields/field.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { DataColumn } from '../../ui/data-table.tsx';
import { Monogram } from '../../ui/monogram.tsx';
import { EditableCell } from './editable-cell.tsx';
import { FieldDisplay } from './field-value.tsx';
import classes from './record-columns.module.css';
import type { AnyRecord } from './record-api.ts';
import { titleField, titleOf } from './record-layout.ts';

const widths: Partial<Record<Field['type'], number>> = {
  email: 240,
  phone: 160,
  domain: 200,
  money: 130,
  stage: 150,
  date: 130,
  datetime: 120,
  choice: 110,
  link: 190,
  text: 180,
  tags: 160,
};

/** The columns of a view, each drawn as its field's type is. */
export function recordColumns(
  object: ObjectName,
  shown: readonly { readonly field: Field; readonly width: number | undefined }[],
  labelOf: (object: ObjectName, field: Field) => string,
): DataColumn<AnyRecord>[] {
  return shown.map(({ field, width }): DataColumn<AnyRecord> => {
    const isTitle = field.name === titleField(object);
    return {
      id: field.name,
      accessorFn: (record) => record[field.name],
      header: labelOf(object, field),
      meta: {
        width: width ?? (isTitle ? 240 : (widths[field.type] ?? 160)),
        ...(isTitle && width === undefined ? { grow: true } : {}),
        ...(field.type === 'money' ? { align: 'end' as const } : {}),
      },
      cell: ({ row }) =>
        isTitle ? (
          <EditableCell field={field} record={row.original}>
            <span className={classes.title}>
              {object === 'contact' || object === 'company' ? (
                <Monogram
                  name={titleOf(object, row.original)}
                  shape={object === 'contact' ? 'round' : 'square'}
                />
              ) : null}
              <span className="truncate">{titleOf(object, row.original)}</span>
            </span>
          </EditableCell>
        ) : (
          <EditableCell field={field} record={row.original}>
            <FieldDisplay field={field} record={row.original} />
          </EditableCell>
        ),
    };
  });
}
