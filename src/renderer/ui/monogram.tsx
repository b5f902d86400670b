import classes from './monogram.module.css';

function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const first = words[0]?.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return `${first}${last}`.toUpperCase();
}

/** One of six quiet tints, always the same for a name. */
function tint(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % 6;
}

interface MonogramProps {
  readonly name: string;
  readonly shape?: 'round' | 'square';
  readonly size?: 'small' | 'large';
}

/** Stands for a person's or company's picture; the name is always beside it. */
export function Monogram({ name, shape = 'round', size = 'small' }: MonogramProps) {
  return (
    <span
      className={classes.monogram}
      data-tint={tint(name)}
      data-shape={shape}
      data-size={size}
      aria-hidden
    >
      {initials(name)}
    </span>
  );
}
