import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import { api } from '../../../api/query.ts';
import { StatusDot, type Tone } from '../../../ui/status-dot.tsx';
import { placedSteps } from '../model/draft-tree.ts';
import { warningsOfDraft } from '../model/draft-warnings.ts';
import { placeOf } from '../model/problem-place.ts';
import { stepLabel } from '../model/step-label.ts';
import type { WorkflowDraft } from '../model/workflow-draft.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './editor.module.css';

interface ChecksListProps {
  readonly draft: WorkflowDraft;
  readonly faults: readonly Problem[];
  readonly gaps: readonly Problem[];
  readonly loops: Workflow['warnings'];
  /** Leads to where it can be mended. */
  readonly onJump: (path: string) => void;
}

/** All that stands between the draft and running, and what is hardly meant; each leads to its place. */
export function ChecksList({ draft, faults, gaps, loops, onJump }: ChecksListProps) {
  const { t } = useTranslation('workflows');
  const problemText = useProblemText();
  const placeText = usePlaceText(draft);
  const [opened, setOpened] = useState(false);
  const sendsMail = placedSteps(draft.steps).some(({ step }) => step.type === 'send_email');
  const accounts = useQuery({ ...api.mail_accounts.list.queryOptions(), enabled: sendsMail });
  const hasAccount = accounts.data ? accounts.data.items.length > 0 : null;
  const warnings = useMemo(() => warningsOfDraft(draft, hasAccount), [draft, hasAccount]);
  const toFix = faults.length + gaps.length;
  const tone: Tone =
    faults.length > 0
      ? 'red'
      : gaps.length + warnings.length + loops.length > 0
        ? 'amber'
        : 'green';
  const row = (problem: Problem, rowTone: Tone) => (
    <li key={`${problem.path} ${problem.code}`}>
      <button
        type="button"
        className={classes.check}
        onClick={() => {
          setOpened(false);
          onJump(problem.path);
        }}
      >
        <StatusDot tone={rowTone} />
        <span>
          <span className={classes.checkPlace}>{placeText(problem.path)}</span>
          {problemText(problem)}
        </span>
      </button>
    </li>
  );
  const label =
    toFix > 0
      ? t('checks.to_fix', { count: toFix })
      : warnings.length + loops.length > 0
        ? t('checks.to_look_at', { count: warnings.length + loops.length })
        : t('checks.ready');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<StatusDot tone={tone} />}
          onClick={() => setOpened(!opened)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t('checks.title')}>
        <ul className={classes.checks}>
          {faults.map((problem) => row(problem, 'red'))}
          {gaps.map((problem) => row(problem, 'amber'))}
          {warnings.map((problem) => row(problem, 'amber'))}
          {loops.map(({ message }) => (
            <li key={message} className={classes.loop}>
              <StatusDot tone="amber" />
              {message}
            </li>
          ))}
          {toFix + warnings.length + loops.length === 0 && (
            <li className={classes.loop}>
              <StatusDot tone="green" />
              {t('checks.ready_text')}
            </li>
          )}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Where a problem is, as people would say it: "Step 3, Create task". */
function usePlaceText(draft: WorkflowDraft): (path: string) => string {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (path) => {
    const place = placeOf(path);
    switch (place.part) {
      case 'trigger':
        return t('editor.trigger');
      case 'settings':
        return t('editor.settings');
      case 'steps':
        return t('checks.steps');
      case 'details':
        return t(place.field === 'name' ? 'editor.name' : 'editor.details');
      case 'step': {
        const placed = placedSteps(draft.steps);
        const index = placed.findIndex((one) => one.path === place.step);
        const step = placed[index]?.step;
        const label = step ? step.name || stepLabel(step.type, text) : '';
        return t('checks.step', { number: index + 1, label });
      }
    }
  };
}
