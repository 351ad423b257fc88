/** Hands a file to the person, as a link they had pressed would. */
export function download(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has begun to read it by then; it is not sent anywhere.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `help-2026-11-20.json`. */
export const fileName = (what: string, type: string, now: Date) => `${what}-${now.toISOString().slice(0, 10)}.${type}`;
