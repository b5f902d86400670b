/** Starts of one workflow by what runs caused, within the span, before they are taken for a loop nobody meant. */
const maximumStarts = 500;
const spanMs = 60_000;

/**
 * Counts the starts of each workflow that runs caused. It begins anew with the program: a loop that outlives a restart
 * is stopped a little later, never missed.
 */
export class StartRate {
  private readonly starts = new Map<string, number[]>();

  /**
   * Counts one start.
   *
   * @param now epoch milliseconds
   * @returns whether it is one too many
   */
  exceeds(workflowId: string, now: number): boolean {
    const recent = (this.starts.get(workflowId) ?? []).filter(
      // A clock that was set back leaves starts in the future behind: they count for nothing.
      (at) => at > now - spanMs && at <= now,
    );
    recent.push(now);
    this.starts.set(workflowId, recent);
    return recent.length > maximumStarts;
  }

  /** After a pause the count begins anew. */
  forget(workflowId: string): void {
    this.starts.delete(workflowId);
  }
}
