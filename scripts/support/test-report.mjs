import { existsSync } from 'node:fs';
import { readJson } from './project.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, excusedSkips: number }} Count
 *   excusedSkips: those of `skipped` that may be skipped even where all must run
 * @typedef {{ file: string, outcome: 'passed' | 'failed' | 'skipped' }} Outcome
 */

/** Needs the Electron binary, which not every machine can fetch. */
const excused = /[\\/]electron\.e2e\.[^\\/]*$/;

/**
 * @param {Outcome[]} outcomes
 * @returns {Count}
 */
export function count(outcomes) {
  const of = (/** @type {string} */ wanted) => outcomes.filter((one) => one.outcome === wanted);
  const skipped = of('skipped');
  return {
    passed: of('passed').length,
    failed: of('failed').length,
    skipped: skipped.length,
    excusedSkips: skipped.filter(({ file }) => excused.test(file)).length,
  };
}

/**
 * @param {string} reportFile made by vitest's json reporter
 * @returns {Outcome[]}
 */
export function vitestOutcomes(reportFile) {
  if (!existsSync(reportFile)) return [];
  /** @type {{ testResults: { name: string, status: string, assertionResults: { status: string }[] }[] }} */
  const report = readJson(reportFile);
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const outcomes = assertionResults.map((test) => ({ file: name, outcome: vitestOutcome(test) }));
    // A file that does not load has no tests, but it has failed.
    const silentFailure =
      status === 'failed' && !outcomes.some(({ outcome }) => outcome === 'failed');
    /** @type {Outcome[]} */
    const failure = silentFailure ? [{ file: name, outcome: 'failed' }] : [];
    return [...outcomes, ...failure];
  });
}

/**
 * @param {{ status: string }} test
 * @returns {Outcome['outcome']}
 */
function vitestOutcome({ status }) {
  if (status === 'passed' || status === 'failed') return status;
  return 'skipped';
}

/**
 * @typedef {{ file: string, specs?: { file: string, tests: { status: string }[] }[],
 *   suites?: Suite[] }} Suite
 */

/**
 * @param {string} reportFile made by Playwright's json reporter
 * @returns {Outcome[]}
 */
export function playwrightOutcomes(reportFile) {
  if (!existsSync(reportFile)) return [];
  /** @type {{ suites: Suite[], errors?: unknown[] }} */
  const report = readJson(reportFile);
  const outcomes = report.suites.flatMap(suiteOutcomes);
  const broken = report.errors !== undefined && report.errors.length > 0;
  return broken ? [...outcomes, { file: reportFile, outcome: 'failed' }] : outcomes;
}

/**
 * @param {Suite} suite
 * @returns {Outcome[]}
 */
function suiteOutcomes({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, tests }) =>
    tests.map((test) => ({ file: `/${file}`, outcome: playwrightOutcome(test) })),
  );
  return [...own, ...suites.flatMap(suiteOutcomes)];
}

/**
 * @param {{ status: string }} test
 * @returns {Outcome['outcome']}
 */
function playwrightOutcome({ status }) {
  if (status === 'skipped') return 'skipped';
  // A flaky test is a failing one: nothing here may depend on luck.
  return status === 'expected' ? 'passed' : 'failed';
}
