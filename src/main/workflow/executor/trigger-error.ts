export interface TriggerError {
  /** Null when it is not known which workflow it was. */
  readonly workflow?: { readonly id: string; readonly name: string } | null;
  /** What was being dispatched: type of the event, and what tells it from others. */
  readonly event?: { readonly type: string; readonly id?: string; readonly run?: string };
  readonly reason: string;
}

/** The one line the log has for every error in dispatch or execution; people search it by its beginning. */
export function triggerErrorLine({ workflow, event, reason }: TriggerError): string {
  const parts = [
    ...(workflow ? [`workflow "${workflow.name}" (${workflow.id})`] : []),
    ...(event ? [`event ${event.type}${placeOf(event)}`] : []),
  ];
  return `Workflow trigger error: ${parts.length === 0 ? '' : `${parts.join(', ')}: `}${reason}`;
}

function placeOf({ id, run }: NonNullable<TriggerError['event']>): string {
  if (run !== undefined) return ` (run ${run})`;
  return id === undefined ? '' : ` (${id})`;
}
