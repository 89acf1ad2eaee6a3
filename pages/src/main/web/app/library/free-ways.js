// The ways to read a book for free, in words.

import { day } from '../../kit/format.js';
import { t } from '../../kit/words.js';

/** The kinds from the one that gives most of the book to the one that gives least. */
export const WAY_KINDS = ['open-access', 'library-loan', 'trial', 'sample', 'docs', 'talk', 'blog', 'code'];

/** A longer condition does not fit into a line of a list; the page of the book has it. */
const SHORT_CONDITION = 60;

/** What a kind of free access gives. A kind that a newer release has added keeps its own name. */
export const wayKind = (kind) => WAY_KINDS.includes(kind) ? t(`library.kinds.${kind}`) : kind;

/** A place in the order of kinds; what is not known comes last. */
export const wayRank = ({ kind }) => (WAY_KINDS.indexOf(kind) + 1) || WAY_KINDS.length + 1;

/**
 * The best way to read a book for free: `{state, text}` with the state `live`, `archived`, `dead`, or `none` if no
 * way is known.
 */
export function bestWay(book) {
  const living = book.freeAccess.filter(({ state }) => state !== 'dead')
    .sort((one, other) => wayRank(one) - wayRank(other) || isArchived(one) - isArchived(other));
  if (living.length > 0) {
    return { state: living[0].state ?? 'live', text: wayInWords(living[0]) };
  }
  if (book.freeAccess.length > 0) {
    return { state: 'dead', text: deadInWords(book.freeAccess) };
  }
  return { state: 'none', text: t('library.noWay') };
}

const isArchived = ({ state }) => state === 'archived';

function wayInWords({ kind, condition, state }) {
  const name = wayKind(kind);
  const isSaid = condition && condition.length <= SHORT_CONDITION && ['sample', 'trial'].includes(kind);
  const text = isSaid ? t(`library.${kind}With`, { condition }) : name;
  return state === 'archived' ? t('library.archived', { way: text }) : text;
}

function deadInWords(ways) {
  const checked = ways.map(({ checkedAt }) => checkedAt).filter(Boolean).sort().at(-1);
  return checked ? t('library.deadSince', { day: day(checked) }) : t('library.dead');
}
