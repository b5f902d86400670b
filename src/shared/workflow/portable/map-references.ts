import { isObjectName, type ObjectName } from '../../model/objects.ts';
import { isPlainObject } from '../definition-findings.ts';
import { isTriggerType, triggerReach } from '../triggers.ts';
import type { WorkflowContent } from './workflow-file.ts';

/** What a definition names of the file it lives in, and what to put in its place. */
export interface ReferenceMap {
  /** A custom field, `cf_budget`. Fields of the registry are the same in every file. */
  readonly field: (object: ObjectName, name: string) => string;
  readonly stage: (slug: string) => string;
  readonly tag: (name: string) => string;
  /** Null leaves the step without a workflow to start, which a draft may be. */
  readonly workflow: (id: string) => string | null;
  /** Null takes the account of mail that names none. */
  readonly account: (name: string) => string | null;
  readonly attachment: (id: string) => boolean;
  readonly secret: (name: string) => void;
}

type Json = Readonly<Record<string, unknown>>;

const customReference = /\b(contact|company|deal|task)\.(cf_[a-z0-9_]+)/g;
const changeReference = /\bchanges\.(cf_[a-z0-9_]+)/g;
const inTags = /\{\{.*?\}\}|\{%.*?%\}/gs;
const stageVariable = /^\s*\{\{-?\s*(?:deal\.stage|(?:trigger\.)?(?:new|old)_stage)\s*-?\}\}\s*$/;

/**
 * Rewrites all that a definition names of its file, wherever it stands. One walk serves both ends: collecting is
 * mapping each name to itself.
 */
export function mapReferences(content: WorkflowContent, map: ReferenceMap): WorkflowContent {
  return new Mapper(content, map).content(content);
}

class Mapper {
  private readonly map: ReferenceMap;
  /** The objects the triggers are about: what `changes.cf_budget` is a field of. */
  private readonly objects: readonly ObjectName[];

  constructor(content: WorkflowContent, map: ReferenceMap) {
    this.map = map;
    const known = content.triggers.flatMap(({ type, config }) => {
      const field = config['field'];
      return isTriggerType(type)
        ? [{ type, config: typeof field === 'string' ? { field } : {} }]
        : [];
    });
    this.objects = triggerReach(known).objects;
  }

  content(content: WorkflowContent): WorkflowContent {
    return {
      triggers: content.triggers.map(({ type, config }) => ({
        type,
        config: this.trigger(type, config),
      })),
      conditions: content.conditions && this.object(content.conditions),
      settings: content.settings && this.object(content.settings),
      actions: content.actions.map((step) => this.value(step)),
    };
  }

  private trigger(type: string, config: Json): Record<string, unknown> {
    const reach = isTriggerType(type) ? triggerReach([{ type }]).objects : [];
    return Object.fromEntries(
      Object.entries(config).map(([key, value]) => {
        if ((key === 'from_stage' || key === 'to_stage') && typeof value === 'string')
          return [key, this.stage(value)];
        if (key === 'tag' && typeof value === 'string') return [key, this.tag(value)];
        if (key === 'fields' && Array.isArray(value)) {
          return [key, value.map((name: unknown) => this.bareField(reach[0], name))];
        }
        return [key, this.value(value)];
      }),
    );
  }

  private value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((one: unknown) => this.value(one));
    return isPlainObject(value) ? this.object(value) : value;
  }

  private object(value: Json): Record<string, unknown> {
    if (typeof value['field'] === 'string' && typeof value['operator'] === 'string')
      return this.rule(value);
    const { type, config } = value;
    if (typeof type === 'string' && isPlainObject(config)) return this.step(type, value, config);
    return this.members(value);
  }

  private members(value: Json): Record<string, unknown> {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.value(one)]));
  }

  private rule(rule: Json): Record<string, unknown> {
    const mapped = this.members(rule);
    if (rule['valueSource'] === 'field') return mapped;
    const { operator, field, value } = rule;
    if (operator === 'hasTag' || operator === 'hasNotTag')
      return { ...mapped, value: this.each(value, (tag) => this.tag(tag)) };
    if (field === 'deal.stage')
      return { ...mapped, value: this.each(value, (slug) => this.stage(slug)) };
    return mapped;
  }

  private each(value: unknown, map: (text: string) => string): unknown {
    if (Array.isArray(value)) return value.map((one: unknown) => this.each(one, map));
    return typeof value === 'string' ? map(value) : value;
  }

  private step(type: string, step: Json, config: Json): Record<string, unknown> {
    const { cases } = step;
    const chosenByStage =
      type === 'switch' &&
      typeof config['value'] === 'string' &&
      stageVariable.test(config['value']) &&
      Array.isArray(cases);
    return {
      ...this.members(step),
      config: this.config(type, config),
      ...(chosenByStage
        ? {
            cases: cases.map((one: unknown) => {
              if (!isPlainObject(one)) return one;
              return {
                ...this.members(one),
                equals: this.each(one['equals'], (slug) => this.stage(slug)),
              };
            }),
          }
        : {}),
    };
  }

  private config(type: string, config: Json): Record<string, unknown> {
    const object = config['object'];
    const own = typeof object === 'string' && isObjectName(object) ? object : undefined;
    const changed: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(config)) {
      const mapped = this.configValue(type, key, value, config, own);
      if (mapped !== undefined) changed[key] = mapped;
    }
    return changed;
  }

  private configValue(
    type: string,
    key: string,
    value: unknown,
    config: Json,
    own: ObjectName | undefined,
  ): unknown {
    if (typeof value === 'string') {
      if (key === 'stage') return this.stage(value);
      if (key === 'tag') return this.tag(value);
      if (type === 'update_field' && key === 'field') return this.bareField(own, value);
      if (
        type === 'update_field' &&
        key === 'value' &&
        own === 'deal' &&
        config['field'] === 'stage'
      )
        return this.stage(value);
      if (type === 'start_workflow' && key === 'workflow_id')
        return this.map.workflow(value) ?? undefined;
      if (type === 'send_email' && key === 'account') return this.map.account(value) ?? undefined;
      if (type === 'webhook' && key === 'sign_with') this.map.secret(value);
    }
    if (type === 'send_email' && key === 'attachments' && Array.isArray(value)) {
      const kept = value.filter((id: unknown) => typeof id === 'string' && this.map.attachment(id));
      return kept.length === 0 ? undefined : kept;
    }
    if (type === 'webhook' && key === 'secret_headers' && isPlainObject(value)) {
      for (const name of Object.values(value)) if (typeof name === 'string') this.map.secret(name);
    }
    return this.value(value);
  }

  /** A text that is a reference as a whole, or a template with references in its tags. */
  private text(text: string): string {
    if (text.includes('{{') || text.includes('{%')) {
      return text.replaceAll(inTags, (tag) => this.references(tag));
    }
    return /^(contact|company|deal|task)\.cf_[a-z0-9_]+$/.test(text) ? this.references(text) : text;
  }

  private references(text: string): string {
    return text
      .replaceAll(customReference, (whole, object: string, name: string) =>
        isObjectName(object) ? `${object}.${this.map.field(object, name)}` : whole,
      )
      .replaceAll(changeReference, (whole, name: string) => {
        const [object] = this.objects;
        return object ? `changes.${this.map.field(object, name)}` : whole;
      });
  }

  private bareField(object: ObjectName | undefined, name: unknown): unknown {
    return typeof name === 'string' && name.startsWith('cf_') && object
      ? this.map.field(object, name)
      : name;
  }

  private stage(slug: string): string {
    return slug.includes('{{') ? this.text(slug) : this.map.stage(slug);
  }

  private tag(name: string): string {
    return name.includes('{{') ? this.text(name) : this.map.tag(name);
  }
}
