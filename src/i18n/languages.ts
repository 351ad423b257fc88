/**
 * The language in a tag, called as it is called here.
 *
 * @param tag BCP 47, or anything
 */
export const languageOf = (tag: string): string => {
  const language = tag.toLowerCase().split('-')[0]!;
  // Norwegian without a word on which of the two.
  return language === 'no' ? 'nb' : language;
};
