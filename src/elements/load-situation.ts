/** Defines what tells of a human who has taken over, and of what cannot be kept. Without it the notice still says who answers. */
export function loadSituation(): void {
  import('./situation.js').then(
    ({defineSituation}) => defineSituation(),
    () => {},
  );
}
