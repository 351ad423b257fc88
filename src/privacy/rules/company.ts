/** Names of companies, by their legal form. A company is no person, but may be one's own. */
import {candidate, type Rule} from '../rule.js';

const legalForm =
  /(?<=[\p{L}\d).&] )(?:Aktiebolag|[AHK]B|ASA?|ANS|ApS|[AI]\/S|Oyj?|Ky|Tmi|e?hf|GmbH|[AK]G|Ltd|Limited|LL[CP]|Inc|Corp|PLC|[BN]\.?V|S\.?A|SARL)(?![\p{L}\d])\.?/gu;
/** The capital words before it, with the small words that a name may hold. */
const name =
  /\p{Lu}[\p{L}\d&.'’-]*(?:(?: (?:i|och|og|und|and|of|the|för|på|af|av|de|&))? (?:\p{Lu}[\p{L}\d&.'’-]*|&|\d{1,4})){0,4}$/u;
/** "Blodgrupp AB", "Avtal AS": the word before is no name; as the first of several it is no part of one. */
const noCompany =
  /^(?:blod\p{L}*|vitamin|typ|klass|avtal\p{L}*|enligt|firma|kunden?|customer|i|på|ett|eine?|such|an?|the|my|our|vår\p{L}?|hur|när|om|kan|är|vi|hos|för)$/iu;

export const companyRule: Rule = ({text}, found) => {
  for (const {0: suffix, index} of text.matchAll(legalForm)) {
    const words = name.exec(text.slice(Math.max(0, index - 80), index - 1))?.[0].split(' ') ?? [];
    while (words.length && noCompany.test(words[0]!)) words.shift();
    const company = words.join(' ');
    const isName = /^\p{Lu}/u.test(company) && /\p{Ll}/u.test(company);
    if (isName)
      found.push(
        candidate(
          'OTHER',
          'company',
          index - 1 - company.length,
          index + suffix.replace(/\.$/, '').length,
          0.8,
          'shape',
        ),
      );
  }
};
