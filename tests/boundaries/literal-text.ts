import { type ESTree, parseSync, Visitor } from 'vite';

/** Attributes whose text a person reads or hears. */
const spoken = new Set([
  'title',
  'label',
  'description',
  'placeholder',
  'alt',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
]);

/**
 * Text in JSX that did not come from a translation: between tags, in a choice between tags
 * (`{open ? 'Yes' : 'No'}`), or in an attribute that is read to people. Signs without a letter pass.
 *
 * @returns `path:line text` for each
 */
export function literalText(path: string, source: string): string[] {
  const found: string[] = [];
  const report = (text: string, start: number) => {
    if (!/\p{L}/u.test(text)) return;
    found.push(`${path}:${source.slice(0, start).split('\n').length} ${text.trim()}`);
  };
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);

  const children = (nodes: ESTree.JSXChild[]) => {
    for (const node of nodes) {
      if (node.type === 'JSXText') report(node.value, node.start);
      if (node.type === 'JSXExpressionContainer') shown(node.expression, report);
    }
  };
  new Visitor({
    JSXElement: (node) => children(node.children),
    JSXFragment: (node) => children(node.children),
    JSXAttribute: ({ name, value }) => {
      if (name.type !== 'JSXIdentifier' || !spoken.has(name.name) || value === null) return;
      shown(value.type === 'JSXExpressionContainer' ? value.expression : value, report);
    },
  }).visit(program);
  return found;
}

type Shown = ESTree.JSXExpression | ESTree.JSXAttributeValue;

/** Follows an expression to the text it may come out as. */
function shown(node: Shown, report: (text: string, start: number) => void): void {
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'string') report(node.value, node.start);
      break;
    case 'TemplateLiteral':
      for (const { value } of node.quasis) report(value.cooked ?? value.raw, node.start);
      break;
    case 'ConditionalExpression':
      shown(node.consequent, report);
      shown(node.alternate, report);
      break;
    case 'LogicalExpression':
      shown(node.left, report);
      shown(node.right, report);
      break;
    case 'BinaryExpression':
      // Only `+` can come out as text; a comparison is a yes or no.
      if (node.operator !== '+') break;
      shown(node.left, report);
      shown(node.right, report);
      break;
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      shown(node.expression, report);
      break;
    default:
  }
}
