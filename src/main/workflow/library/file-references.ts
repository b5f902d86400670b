import { customFields } from '../../crm/fields/custom-field-store.ts';
import { listStages } from '../../crm/deals/pipeline.ts';
import { listTags } from '../../crm/tags/tag-service.ts';
import type { Reader } from '../../db/handle.ts';
import { chooseAccount } from '../../delivery/mail-account-store.ts';
import type { ImportNeed } from '../../../shared/contract/library.ts';
import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import { objectNames } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import { mapReferences } from '../../../shared/workflow/portable/map-references.ts';
import {
  type NeededField,
  noNeeds,
  type WorkflowContent,
  type WorkflowFile,
} from '../../../shared/workflow/portable/workflow-file.ts';
import { listWorkflowRows } from '../store/workflow-store.ts';

/** Names a definition uses, each once, in the order they come. */
export interface UsedNames {
  readonly fields: ReadonlySet<string>;
  readonly stages: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly workflows: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
}

export function usedNames(content: WorkflowContent): UsedNames {
  const used = {
    fields: new Set<string>(),
    stages: new Set<string>(),
    tags: new Set<string>(),
    workflows: new Set<string>(),
    accounts: new Set<string>(),
    secrets: new Set<string>(),
  };
  const note = (set: Set<string>) => (name: string) => {
    set.add(name);
    return name;
  };
  mapReferences(content, {
    field: (object, name) => {
      used.fields.add(`${object}.${name}`);
      return name;
    },
    stage: note(used.stages),
    tag: note(used.tags),
    workflow: note(used.workflows),
    account: note(used.accounts),
    attachment: () => true,
    secret: note(used.secrets),
  });
  return used;
}

/** What a workflow of this file names of it, described so that another file can offer its own in its place. */
export function describeNeeds(db: Reader, content: WorkflowContent): WorkflowFile['needs'] {
  const used = usedNames(content);
  const custom = customFields(db);
  const fields = objectNames.flatMap((object) =>
    (custom[object] ?? [])
      .filter(({ name }) => used.fields.has(`${object}.${name}`))
      .flatMap(({ name, label, type, choices, links_to: target }): NeededField[] => {
        if (!isCustomName(name)) return [];
        const field = {
          object,
          name,
          label,
          // A custom field's type is one of those a user may choose.
          type: type as NeededField['type'],
          ...(choices === undefined ? {} : { choices: [...choices] }),
          ...(target === undefined || target === 'user' ? {} : { links_to: target }),
        };
        return [field];
      }),
  );
  const names = new Map(listWorkflowRows(db).map(({ id, name }) => [id, name]));
  return {
    ...noNeeds,
    fields,
    stages: listStages(db)
      .filter(({ slug }) => used.stages.has(slug))
      .map(({ slug, name }) => ({ slug, name })),
    tags: [...used.tags],
    workflows: [...used.workflows].map((id) => ({ id, name: names.get(id) ?? id })),
    accounts: [...used.accounts],
    secrets: [...used.secrets],
  };
}

type Candidate = ImportNeed['candidates'][number];

/** Those with the same label first: what a person would choose. */
function likeliestFirst(candidates: readonly Candidate[], label: string): Candidate[] {
  const wanted = foldText(label);
  return candidates.toSorted(
    (a, b) => Number(foldText(b.label) === wanted) - Number(foldText(a.label) === wanted),
  );
}

/** Compares what a file needs with what this one has. */
export function checkNeeds(
  db: Reader,
  file: Pick<WorkflowFile, 'needs' | keyof WorkflowContent>,
  secretNames: readonly string[],
): ImportNeed[] {
  const used = usedNames(file);
  const { needs } = file;
  const custom = customFields(db);
  const stages = listStages(db);
  const tags = listTags(db);
  const rows = listWorkflowRows(db);
  const described = new Map(needs.fields.map((field) => [`${field.object}.${field.name}`, field]));
  const fieldNeeds = [...used.fields].map((reference): ImportNeed => {
    const object = objectNames.find((name) => reference.startsWith(`${name}.`)) ?? 'deal';
    const own = custom[object] ?? [];
    const wanted = described.get(reference);
    const label = wanted?.label ?? reference;
    const candidates = own
      .filter(({ type }) => wanted === undefined || type === wanted.type)
      .map((field) => ({ name: `${object}.${field.name}`, label: field.label }));
    return {
      kind: 'field',
      name: reference,
      label,
      is_present: own.some(
        ({ name, type }) =>
          `${object}.${name}` === reference && (wanted === undefined || wanted.type === type),
      ),
      candidates: likeliestFirst(candidates, label),
    };
  });
  const stageNeeds = [...used.stages].map((slug): ImportNeed => {
    const label = needs.stages.find((stage) => stage.slug === slug)?.name ?? slug;
    return {
      kind: 'stage',
      name: slug,
      label,
      is_present: stages.some((stage) => stage.slug === slug),
      candidates: likeliestFirst(
        stages.map((stage) => ({ name: stage.slug, label: stage.name })),
        label,
      ),
    };
  });
  const known = new Set(tags.map(({ name }) => foldText(name)));
  const tagNeeds = [...used.tags].map((name): ImportNeed => {
    return {
      kind: 'tag',
      name,
      label: name,
      is_present: known.has(foldText(name)),
      candidates: tags.map((tag) => ({ name: tag.name, label: tag.name })),
    };
  });
  const workflowNeeds = [...used.workflows].map((id): ImportNeed => {
    const label = needs.workflows.find((one) => one.id === id)?.name ?? id;
    return {
      kind: 'workflow',
      name: id,
      label,
      is_present: rows.some((row) => row.id === id),
      candidates: likeliestFirst(
        rows.map((row) => ({ name: row.id, label: row.name })),
        label,
      ),
    };
  });
  const accountNeeds = [...used.accounts].map((name): ImportNeed => {
    return {
      kind: 'account',
      name,
      label: name,
      is_present: 'id' in chooseAccount(db, name),
      candidates: db
        .all<{ name: string }>('SELECT name FROM mail_accounts ORDER BY is_default DESC, seq')
        .map((account) => ({ name: account.name, label: account.name })),
    };
  });
  const secretNeeds = [...used.secrets].map((name): ImportNeed => {
    const is_present = secretNames.includes(name);
    return { kind: 'secret', name, label: name, is_present, candidates: [] };
  });
  return [
    ...fieldNeeds,
    ...stageNeeds,
    ...tagNeeds,
    ...workflowNeeds,
    ...accountNeeds,
    ...secretNeeds,
  ];
}
