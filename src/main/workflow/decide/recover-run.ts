/** Recoveries of one step in a row before its run is parked: a step that ends the program each time must not go on for ever. */
const maximumRecoveries = 5;

/**
 * What becomes of a step that was in flight when the program ended. A step that commits sets the count to 0.
 *
 * @param recoveries of this step so far, in a row
 * @returns `again`, or why its run is parked
 */
export function decideRecovery(
  recoveries: number,
): { readonly kind: 'again' } | { readonly kind: 'park'; readonly reason: string } {
  return recoveries < maximumRecoveries
    ? { kind: 'again' }
    : {
        kind: 'park',
        reason: `the program ended ${maximumRecoveries} times in a row while this step was under way; retry it, skip it or cancel the run`,
      };
}
