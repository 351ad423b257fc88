/** What is said when another backend answers in place of the usual one: for `failover`, which has no catalog. */
import {failoverNotice as en} from '../../locales/en.json';
import {failoverNotice as sv} from '../../locales/sv.json';

const notices: Readonly<Record<string, string>> = {sv, en};

/** @param locale BCP 47; a language without a sentence of its own gets the English one */
export const failoverNotice = (locale: string): string => notices[locale.toLowerCase().split('-')[0]!] ?? en;
