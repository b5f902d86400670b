import {
  type ActionIcon,
  type Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type Input,
  type Kbd,
  type MantineColorsTuple,
  type Menu,
  type Modal,
  type Popover,
  type Select,
  type Skeleton,
  type Switch,
  type Textarea,
  type TextInput,
  type Tooltip,
} from '@mantine/core';

/**
 * What a component's own `extend` takes. It only returns its argument, and naming it here would load the menus, dialogs
 * and selects with the first screen.
 */
type Extension<Component extends { extend: (input: never) => unknown }> = Parameters<
  Component['extend']
>[0];

const indigo: MantineColorsTuple = [
  '#eef2ff',
  '#e0e7ff',
  '#c7d2fe',
  '#a5b4fc',
  '#818cf8',
  '#6366f1',
  '#4f46e5',
  '#4338ca',
  '#3730a3',
  '#312e81',
];

const dark: MantineColorsTuple = [
  '#e6e6ea',
  '#c4c4cc',
  '#9c9ca7',
  '#74747f',
  '#3a3a41',
  '#2b2b31',
  '#1d1d21',
  '#151518',
  '#101013',
  '#0b0b0d',
];

const gray: MantineColorsTuple = [
  '#fafafb',
  '#f4f4f6',
  '#e9e9ee',
  '#dedee4',
  '#cfcfd8',
  '#a3a3b0',
  '#6b6b76',
  '#4b4b55',
  '#2f2f37',
  '#1a1a1f',
];

/** Nothing moves for longer than this, in milliseconds. */
const motion = 120;
const pop = { transitionProps: { transition: 'pop', duration: motion } } as const;

export const theme = createTheme({
  colors: { indigo, dark, gray },
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 4 },
  // The dark scheme's light fills fail AA under white text; `autoContrast` looks at the light scheme only.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === 'filled' ? { color: 'var(--on-filled)' } : {}),
  }),
  black: '#1a1a1f',
  defaultRadius: 6,
  cursorType: 'default',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '15px', lineHeight: '24px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  components: {
    ActionIcon: {
      defaultProps: { variant: 'subtle', color: 'gray' },
      styles: { root: { color: 'var(--text-dim)' } },
    } satisfies Extension<typeof ActionIcon>,
    Button: {
      defaultProps: { size: 'xs' },
      styles: { root: { fontWeight: 500, height: 30, paddingInline: 12, fontSize: 13 } },
    } satisfies Extension<typeof Button>,
    Input: {
      vars: (_theme, props) => ({
        wrapper:
          props.size === 'xs'
            ? { '--input-height': '30px', '--input-fz': '13px' }
            : {
                '--input-height': '32px',
                '--input-fz': '13px',
                // An icon at the start has its room from Mantine; ours would put the text under it.
                ...(props.leftSection ? {} : { '--input-padding-inline-start': '10px' }),
              },
      }),
    } satisfies Extension<typeof Input>,
    InputWrapper: {
      styles: {
        label: { fontSize: 12, fontWeight: 500, marginBottom: 4 },
        description: { fontSize: 12, lineHeight: 1.4 },
        error: { fontSize: 12, paddingTop: 4 },
        required: { color: 'var(--text-dim)' },
      },
    } satisfies Extension<(typeof Input)['Wrapper']>,
    Kbd: {
      defaultProps: { size: 'xs' },
      styles: {
        root: {
          borderWidth: 1,
          borderColor: 'var(--hairline)',
          backgroundColor: 'transparent',
          color: 'var(--text-dim)',
          fontFamily: 'inherit',
          fontWeight: 450,
        },
      },
    } satisfies Extension<typeof Kbd>,
    Menu: {
      defaultProps: { ...pop, shadow: 'md', offset: 4 },
      styles: { item: { fontSize: 13, padding: '6px 8px' } },
    } satisfies Extension<typeof Menu>,
    Modal: {
      defaultProps: {
        ...pop,
        centered: false,
        yOffset: '12vh',
        overlayProps: { backgroundOpacity: 0.35 },
      },
      styles: { title: { fontSize: 15, fontWeight: 600 } },
    } satisfies Extension<typeof Modal>,
    Popover: { defaultProps: { ...pop, shadow: 'md', offset: 4 } } satisfies Extension<
      typeof Popover
    >,
    Select: {
      defaultProps: {
        size: 'sm',
        checkIconPosition: 'right',
        comboboxProps: pop,
        withScrollArea: false,
      },
      // The list of options scrolls itself: a scrolling area within it would be one that no key reaches.
      styles: { options: { maxHeight: 320, overflowY: 'auto' } },
    } satisfies Extension<typeof Select>,
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } } satisfies Extension<
      typeof Switch
    >,
    Skeleton: { defaultProps: { radius: 4 } } satisfies Extension<typeof Skeleton>,
    Textarea: {
      defaultProps: { size: 'sm' },
    } satisfies Extension<typeof Textarea>,
    TextInput: {
      defaultProps: { size: 'sm' },
    } satisfies Extension<typeof TextInput>,
    Tooltip: {
      defaultProps: { openDelay: 500, transitionProps: { duration: motion } },
      styles: { tooltip: { fontSize: 12, padding: '4px 8px' } },
    } satisfies Extension<typeof Tooltip>,
  },
});

/** Our own few colours beside Mantine's; each is used for one thing only. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-error': '#d92d3a',
  },
  light: {
    '--on-filled': '#ffffff',
    '--mantine-primary-color-contrast': '#ffffff',
    '--hairline': '#e9e9ee',
    '--surface': '#ffffff',
    '--surface-sunken': '#fafafb',
    '--surface-raised': '#ffffff',
    '--hover': '#f4f4f6',
    '--selected': '#eef2ff',
    '--text-dim': '#666671',
    '--scrollbar': '#cfcfd8',
    '--status-green': '#1a7f4b',
    '--status-amber': '#a15c07',
    '--status-red': '#c62a35',
    '--status-blue': '#2563c9',
    '--status-grey': '#666671',
    '--mantine-color-dimmed': '#666671',
    '--mantine-color-error': '#c62a35',
    '--mantine-color-placeholder': '#6f6f7a',
    '--mantine-color-default-border': '#dedee4',
  },
  dark: {
    '--on-filled': '#101013',
    '--mantine-primary-color-contrast': '#101013',
    '--hairline': '#26262b',
    '--surface': '#151518',
    '--surface-sunken': '#101013',
    '--surface-raised': '#1d1d21',
    '--hover': '#1d1d21',
    '--selected': '#22233c',
    '--text-dim': '#9c9ca7',
    '--scrollbar': '#3a3a41',
    '--status-green': '#4cc38a',
    '--status-amber': '#f0a94a',
    '--status-red': '#ff7b84',
    '--status-blue': '#7aa7f7',
    '--status-grey': '#9c9ca7',
    '--mantine-color-dimmed': '#9c9ca7',
    '--mantine-color-error': '#ff7b84',
    '--mantine-color-placeholder': '#858590',
    '--mantine-color-default-border': '#33333a',
  },
});
