/** Catalogs are parsed JSON; their keys are typed by keys.ts, and a test compares every locale with the source language. */
declare module '*.json' {
  const catalog: import('./messages.js').Catalog;
  export default catalog;
  /** Of package.json. */
  export const version: string;
}

/** What catalog-parts.ts makes of a catalog. */
declare module '*.json?first' {
  type Part = Partial<import('./messages.js').Catalog>;
  const first: Part;
  export default first;
  export const rest: () => Promise<{readonly default: Part}>;
  export const guard: () => Promise<{readonly default: Part}>;
  export const more: () => Promise<{readonly default: Part}>;
}
