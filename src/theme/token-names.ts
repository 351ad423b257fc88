/** Every token there is; a test compares them with the manifest. */
export const tokenNames: readonly string[] = [
  ...'accent on-accent link focus surface text accent-soft raised muted line field warn warn-soft block block-soft star'
    .split(' ')
    .map((name) => `--tillit-color-${name}`),
  ...'font font-heading font-size line-height space radius radius-small shadow panel-width panel-height offset offset-block offset-inline z-index motion'
    .split(' ')
    .map((name) => `--tillit-${name}`),
  ...'launcher-color launcher-text-color launcher-size launcher-radius launcher-shadow header-color header-text-color notice-tint button-color button-text-color button-radius citation-color citation-text-color citation-radius composer-color composer-radius question-color question-text-color question-radius answer-color answer-padding answer-radius'
    .split(' ')
    .map((name) => `--tillit-${name}`),
];
