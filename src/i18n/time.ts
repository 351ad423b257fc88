/** When something was said: the time, and with it the date when that was not today. Formats are kept, since a long conversation asks often. */

const formats = new Map<string, readonly [time: Intl.DateTimeFormat, dateAndTime: Intl.DateTimeFormat]>();

export function timeLabel(ms: number, nowMs: number, locale: string): string {
  const known = formats.get(locale) ?? [
    new Intl.DateTimeFormat(locale, {timeStyle: 'short'}),
    new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short'}),
  ];
  formats.set(locale, known);
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return known[isToday ? 0 : 1].format(ms);
}
