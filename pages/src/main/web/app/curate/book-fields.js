// The fields of the form of a book.

import { html, nothing } from 'lit';

import { field } from '../../kit/form.js';
import { t } from '../../kit/words.js';
import { ACCESS_MEMBERS, EDITION_MEMBERS, LINE_MEMBERS } from './book-draft.js';

const choices = (section, names) =>
  names.map((name) => [name === 'none' ? '' : name, t(`curate.${section}.${name}`)]);

const LEVELS = ['none', 'beginner', 'intermediate', 'advanced'];

const PART_OPTIONS = {
  kind: () => choices('kinds', ['open-access', 'sample', 'library-loan', 'trial', 'talk', 'docs', 'blog', 'code']),
  state: () => choices('states', ['none', 'live', 'archived', 'dead']),
};

/** Values that this release does not know stay what they are. */
const withPresent = (options, value) =>
  (options.some(([key]) => key === value) ? options : [...options, [value, value]]);

/** Whether a fault of the service is said at a field. */
export function isAtField(pointer, draft) {
  const [, member, index, part] = pointer.split('/');
  return member === 'editions' || member === 'freeAccess' ? part !== undefined && index < draft[member].length
    : member in draft;
}

/**
 * Renders the fields of a draft and writes into it what is typed. `fault` and `faults` tell what the service
 * refused, `changed` is called after each change, `redraw` when there are other fields.
 */
export function bookFields(draft, { fault, faults, lang, changed, redraw }) {
  const text = (name, options = {}) => field({
    id: name, label: t(`curate.${name}`), value: draft[name], follows: true, lang, fault: faultOf(name),
    changed: (event) => {
      draft[name] = event.target.value;
      changed();
    },
    ...options,
  });
  // A fault of a line of a list is said at the list, with the number of the line.
  const faultOf = (name) => fault(`/${name}`) ?? [...faults].filter(([pointer]) => pointer.startsWith(`/${name}/`))
    .map(([pointer, detail]) => `${t('curate.line')} ${Number(pointer.split('/')[2]) + 1}: ${detail}`)[0];
  const lines = (name) => text(name, { rows: 3, hint: t('curate.perLine') });
  return html`
    ${text('title', { maxlength: 500 })}
    ${LINE_MEMBERS.slice(0, 3).map(lines)}
    ${text('level', { options: withPresent(choices('levels', LEVELS), draft.level) })}
    ${text('language', { plain: true, lang: undefined, hint: t('curate.languageHint') })}
    ${text('summary', { rows: 5, maxlength: 5000 })}
    ${lines('keyPoints')}
    ${text('whyItMatters', { rows: 4, maxlength: 5000 })}
    ${parts(draft, 'editions', { names: EDITION_MEMBERS, one: 'edition', add: 'addEdition', fault, changed, redraw })}
    ${parts(draft, 'freeAccess', { names: ACCESS_MEMBERS, one: 'way', add: 'addWay', fault, changed, redraw })}`;
}

function parts(draft, member, { names, one, add, fault, changed, redraw }) {
  const list = draft[member];
  const addOne = () => {
    list.push(Object.fromEntries(names.map((name) => [name, name === 'kind' ? 'open-access' : ''])));
    redraw();
    changed();
  };
  const takeAway = (event, index) => {
    event.target.closest('.parts').querySelector('h2').focus();
    list.splice(index, 1);
    redraw();
    changed();
  };
  return html`
    <div class="parts">
      <h2 tabindex="-1">${t(`curate.${member}`)}</h2>
      ${list.map((part, index) => html`
        <fieldset class="part">
          <legend>${t(`curate.${one}`, { number: index + 1 })}</legend>
          ${names.map((name) => field({
            id: `${member}-${index}-${name}`, label: t(`curate.${name}`), value: part[name], follows: true,
            options: PART_OPTIONS[name] ? withPresent(PART_OPTIONS[name](), part[name]) : undefined,
            plain: ['url', 'isbn', 'language', 'checkedAt', 'year', 'pages'].includes(name),
            hint: name === 'checkedAt' ? t('curate.checkedAtHint') : undefined,
            fault: fault(`/${member}/${index}/${name}`),
            changed: (event) => {
              part[name] = event.target.value;
              changed();
            },
          }))}
          <p><button type="button" class="button-quiet" aria-label="${t('curate.takeAway')}: ${t(`curate.${one}`, {
            number: index + 1 })}" @click=${(event) => takeAway(event, index)}>${t('curate.takeAway')}</button></p>
        </fieldset>`)}
      <p><button type="button" @click=${addOne}>${t(`curate.${add}`)}</button></p>
      ${fault(`/${member}`) ? html`<p class="fault">${fault(`/${member}`)}</p>` : nothing}
    </div>`;
}
