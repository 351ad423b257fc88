/** Made by scripts/message-keys.mjs from the files in locales/. */

const tags = 'ar cs da de el en es et fa fi fr he hu is it ja lt lv nb nl nn pl pt ro so sv tr uk';

/** BCP 47. */
export const languages = tags.split(' ');

/** The first part of a catalog, which has the ways to the others. Most languages are in other-catalogs.ts. */
export const catalogs = {
  en: () => import('../../locales/en.json?first'),
  sv: () => import('../../locales/sv.json?first'),
};
