/** Addresses of machines: IPv4 (RFC 791), IPv6 (RFC 4291 §2.2), MAC (IEEE 802). */
import {candidate, idRule, type Rule} from '../rule.js';

const v4 = /(?<![\p{L}\d.,§-]|[^/]\/)(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|\/\d{1,2})?(?![\p{L}\d]|\.\d|-\d)/gu;
const v6 =
  /(?=[\da-f]{0,4}:[\da-f]{0,4}:)(?<![\p{L}\d:.])(?=[a-f:]*\d)[\da-f:]{7,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,15})?(?:\/\d{1,3})?(?![\p{L}\d:])/giu;
const mac =
  /(?=[\da-f]{2}(?:[:-]|[\da-f]{2}\.))(?<![\p{L}\d:.-])(?:[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\p{L}\d]|[:.-][\da-f])/giu;
const labels = {means: 'ip'} as const;

/** Loopback, unspecified, broadcast, masks and whole networks are nobody's. */
const nobodys = /^(?:0|127|255)|^\d+\.0\.0\.0/;

export function isIpv6(address: string): boolean {
  const [head = '', tail, more] = address
    .replace(/[%/].*$/, '')
    .replace(/(?:\d+\.){3}\d+$/, '0:0')
    .split('::');
  const groups = [head, tail].flatMap((half) => (half ? half.split(':') : []));
  return (
    more === undefined &&
    groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) &&
    (tail === undefined ? groups.length === 8 : groups.length > 1 && groups.length < 8)
  );
}

const ipv4: Rule = (reading, found) => {
  for (const {0: value, index: start} of reading.text.matchAll(v4)) {
    const octets = value.split(/[.:/]/, 4).map(Number);
    if (octets.some((octet) => octet > 255) || nobodys.test(value) || reading.isAboutSomethingElse(start, 'version'))
      continue;
    const end = start + value.length;
    const isLabelled = reading.isLabelled(start, end, 'ip');
    // Four small numbers are a version or a section; three digits in one of them, or a private network, an address.
    const isLikely =
      (octets.some((octet) => octet > 99) || value.startsWith('10.0.')) && !reading.isNamedOtherwise(start);
    if (isLabelled || isLikely)
      found.push(candidate('IP', 'ipv4', start, end, isLabelled ? 0.95 : 0.7, isLabelled ? 'shape+label' : 'shape'));
  }
};

export const networkRules: readonly Rule[] = [
  ipv4,
  idRule({
    type: 'IP',
    subtype: 'ipv6',
    labels,
    alone: 0.9,
    mistyped: false,
    pattern: v6,
    isValid: (_, value) => isIpv6(value),
  }),
  idRule({
    type: 'OTHER',
    subtype: 'mac',
    labels,
    alone: 0.92,
    mistyped: false,
    pattern: mac,
    // Written with stops, it must not be a number; all zeros or ones is nobody's.
    isValid: (_, value) => /[1-9a-e]/i.test(value) && (!value.includes('.') || /[a-f]/i.test(value)),
  }),
];
