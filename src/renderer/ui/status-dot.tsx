import classes from './status-dot.module.css';

export type Tone = 'green' | 'amber' | 'red' | 'blue' | 'grey';

/** The only place a status colour fills an area, and it is 8 px wide. */
export function StatusDot({ tone, label }: { tone: Tone; label?: string }) {
  return (
    <span
      className={classes.dot}
      data-tone={tone}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    />
  );
}

/** A word on a soft ground of its status' colour. */
export function StatusPill({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      <span className={classes.dot} data-tone={tone} aria-hidden />
      {label}
    </span>
  );
}
