import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/query.ts';
import classes from './tag-name.module.css';

/** A tag in its colour. */
export function TagName({ name }: { readonly name: string }) {
  const tags = useQuery(api.tags.list.queryOptions()).data;
  const folded = name.toLowerCase();
  const color = tags?.find((tag) => tag.name.toLowerCase() === folded)?.color;
  return (
    <span className={classes.tag} data-color={color}>
      {name}
    </span>
  );
}
