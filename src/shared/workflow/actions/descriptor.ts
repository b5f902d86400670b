import type { ObjectName } from '../../model/objects.ts';

/** How a config value is entered and checked. Every text may be a template unless `template` is false. */
export type ConfigFieldType =
  | 'text'
  | 'long_text'
  | 'relative_date'
  | 'choice'
  | 'money'
  | 'currency'
  | 'stage'
  | 'object'
  | 'field'
  | 'field_value'
  /** One mail address or several, with or without names, parted by commas. */
  | 'addresses'
  /** A template whose values are escaped for HTML. */
  | 'html'
  /** An address on the web. */
  | 'url'
  /** Yes or no; a text of the same words is read too. */
  | 'boolean'
  /** An object of texts, each of which may be a template. */
  | 'text_map'
  /** Any JSON; each text in it may be a template. */
  | 'json'
  /** Ids of files kept to be attached. */
  | 'attachments';

export interface ConfigField {
  readonly name: string;
  /** English label, sentence case. */
  readonly label: string;
  readonly type: ConfigFieldType;
  readonly required: boolean;
  /** False: the value is read literally and `{{…}}` in it is refused. */
  readonly template: boolean;
  readonly choices?: readonly string[];
  /** Shown in an empty input. */
  readonly placeholder?: string;
}

/** What later steps find under `steps.<id>`: a record of an object, or a plain value. */
export type OutputShape =
  | { readonly record: ObjectName }
  /** `json`: only the run knows what is in it, so any path below it is allowed. */
  | { readonly value: 'text' | 'number' | 'json' };

/**
 * What a step type is: its config, its output and its words. The implementation of the same type is in
 * `src/main/workflow/actions`; a descriptor without one, or the reverse, does not compile.
 */
export interface ActionDescriptor {
  readonly type: string;
  /** Raised when the meaning of a stored config changes. */
  readonly version: number;
  readonly label: string;
  readonly description: string;
  /**
   * `database` steps are exactly once: effect, step record, journal and events in one transaction.
   * `external` steps commit what is to be sent, with its idempotency key, before it leaves this computer.
   */
  readonly effect: 'database' | 'external';
  readonly config: readonly ConfigField[];
  readonly output: Readonly<Record<string, OutputShape>>;
}

type ConfigValue<F extends ConfigField> = F extends { type: 'money' }
  ? number | string
  : F extends { type: 'field_value' }
    ? string | number | boolean | null
    : F extends { type: 'boolean' }
      ? boolean
      : F extends { type: 'text_map' }
        ? Readonly<Record<string, string>>
        : F extends { type: 'json' }
          ? unknown
          : F extends { type: 'attachments' }
            ? readonly string[]
            : string;

/** The config of a descriptor, as its implementation receives it: checked, templates still unrendered. */
export type ConfigOf<D extends ActionDescriptor> = {
  readonly [F in Extract<D['config'][number], { required: true }> as F['name']]: ConfigValue<F>;
} & {
  readonly [F in Extract<D['config'][number], { required: false }> as F['name']]?: ConfigValue<F>;
};
