export const firstStart = {
  title: 'Welcome to Trellis',
} as const;
