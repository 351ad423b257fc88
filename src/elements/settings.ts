/** What a page may set by attributes that have a few values only: the default first. */
export const choices = {
  mode: ['launcher', 'inline', 'side', 'fullscreen'],
  place: ['bottom-end', 'bottom-start', 'top-end', 'top-start'],
  theme: ['auto', 'light', 'dark'],
  storage: ['session', 'local', 'none'],
} as const;
