/** Branded ids: a contact's id cannot be passed where a deal's is meant. All are UUIDv7 text in the file. */
declare const brand: unique symbol;

type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type RecordId = Id<'record'>;
export type UserId = Id<'user'>;
export type EventId = Id<'event'>;
export type WorkflowId = Id<'workflow'>;
export type VersionId = Id<'workflow_version'>;
export type ExecutionId = Id<'execution'>;
export type NotificationId = Id<'notification'>;

/** Names text that is known to be an id (read from the file, or just made by the `IdSource`). */
export function asId<Kind extends Id<string>>(text: string): Kind {
  // The one place where text becomes an id: brands exist only at compile time.
  return text as Kind;
}
