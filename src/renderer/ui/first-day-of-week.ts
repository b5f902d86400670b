/** Calendars count the days of the week from Sunday, 0. */
export const firstDayOfWeek = { monday: 1, saturday: 6, sunday: 0 } as const;
