/** Catalogs are parsed JSON; their keys are typed by keys.ts, and a test compares every locale with the source language. */
declare module '*.json' {
  const catalog: import('./messages.js').Catalog;
  export default catalog;
  export const launcherOpen: string;
  export const launcherFailed: string;
  export const failoverNotice: string;
}

declare module '*.json?first' {
  const catalog: Partial<import('./messages.js').Catalog>;
  export default catalog;
}

declare module '*.json?rest' {
  const catalog: Partial<import('./messages.js').Catalog>;
  export default catalog;
}
