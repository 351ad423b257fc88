/** The first on a page stays: a second definition is ignored, and says so. */
export function tellTaken(tag: string, mine: string, taken: unknown) {
  const {version = 'unknown'} = taken as {version?: string};
  // eslint-disable-next-line no-console -- a warning: nothing is broken, the first goes on working
  console.warn(`<${tag}>: version ${mine} is ignored, since version ${version} is on this page.`);
}
