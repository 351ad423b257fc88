/**
 * JSON, whatever a page has taught lists: Prototype.js gives them a `toJSON` that makes JSON of JSON, and others do worse.
 *
 * @returns `undefined` for what JSON cannot say, such as a function
 */
export function toJson(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.map((item) => toJson(item) ?? 'null').join()}]`;
  // What is no plain object, such as a date, knows best.
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => {
    const json = toJson(member);
    return json === undefined ? '' : `${JSON.stringify(name)}:${json}`;
  });
  return `{${members.filter(Boolean).join()}}`;
}
