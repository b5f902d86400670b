/** Starts of one workflow by what runs caused, within the span, before they are taken for a loop nobody meant. */
const maximumStarts = 500;
const spanMs = 60_000;

/**
 * Counts the starts of each workflow that runs caused. It begins anew with the program: a loop that outlives a restart
 * is stopped a little later, never missed.
 *
 * A batch of starts may be undone and done again, so its starts count for good only once they are kept.
 */
export class StartRate {
  private readonly starts = new Map<string, number[]>();
  private readonly batch = new Map<string, number[]>();
  private readonly exceeded = new Set<string>();

  /** A batch begins, or begins anew: what was counted in it before was undone. */
  begin(): void {
    this.batch.clear();
    this.exceeded.clear();
  }

  /**
   * Counts one start.
   *
   * @param now epoch milliseconds
   * @returns whether it is one too many
   */
  exceeds(workflowId: string, now: number): boolean {
    const inBatch = this.batch.get(workflowId) ?? [];
    inBatch.push(now);
    this.batch.set(workflowId, inBatch);
    const recent = (this.starts.get(workflowId) ?? []).filter(
      // A clock that was set back leaves starts in the future behind: they count for nothing.
      (at) => at > now - spanMs && at <= now,
    );
    this.starts.set(workflowId, recent);
    if (recent.length + inBatch.length <= maximumStarts) return false;
    this.exceeded.add(workflowId);
    return true;
  }

  /** The batch was committed. A workflow that had one start too many is paused, and its count begins anew. */
  keep(): void {
    for (const [workflowId, starts] of this.batch) {
      if (this.exceeded.has(workflowId)) this.starts.delete(workflowId);
      else this.starts.set(workflowId, [...(this.starts.get(workflowId) ?? []), ...starts]);
    }
    this.begin();
  }
}
