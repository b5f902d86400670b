/** A change of one line that must turn a test red. */
export interface Mutation {
  /** Path from the project's folder. */
  readonly file: string;
  /** Stands in the file exactly once, within one line. */
  readonly from: string;
  readonly to: string;
  /** The promise that the change breaks. */
  readonly breaks: string;
  /** Test files that hold the promise, the quickest first. */
  readonly tests: readonly string[];
  /** Why no test can turn red: the change makes no difference that anybody could see. */
  readonly survives?: string;
}
