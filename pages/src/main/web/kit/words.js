// The texts of the pages in the language of the reader.

import { english } from '../words/en.js';

const languages = { en: english };

/** The locale of numbers, dates and plurals, and the direction of the page. */
export const locale = new Intl.Locale(navigator.languages?.[0] ?? 'en');

let texts = languages[locale.language] ?? english;

/** The language of the texts, which is another than that of the locale if there are no texts in it. */
export const textLanguage = () => texts === english ? 'en' : locale.language;

/** Sets the texts of another language; used for a language that is loaded later. */
export function useTexts(others) {
  texts = others;
}

/**
 * Returns a text by its name, for example `library.title`. A text with forms for numbers is an object by plural
 * category, chosen by the parameter `count`. `{name}` stands for a parameter.
 */
export function t(name, parameters = {}) {
  const found = name.split('.').reduce((part, key) => part?.[key], texts);
  if (found === undefined) {
    throw new Error(`There is no text ${name}`);
  }
  const form = typeof found === 'string' ? found : found[plural(parameters.count)] ?? found.other;
  return form.replace(/\{(\w+)\}/g, (_, key) => shown(parameters[key]));
}

function plural(count) {
  return new Intl.PluralRules(locale).select(count);
}

function shown(value) {
  return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value ?? '';
}
