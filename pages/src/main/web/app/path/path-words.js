// Gates and their rules, in words.

import { t } from '../../kit/words.js';

const GATE_STATES = ['closed', 'open', 'passed', 'waived'];

const GATE_ICONS = { closed: '◌', open: '○', passed: '✓', waived: '⤳' };

/** How many books pass a gate, for example "Any 2 of 3 books". */
export function ruleInWords({ rule, steps }) {
  if (steps.length === 0) {
    return t('path.nothingToRead');
  }
  return rule.type === 'any' && rule.count < steps.length
    ? t('path.ruleAny', { any: rule.count, count: steps.length })
    : t('path.ruleAll', { count: steps.length });
}

export const gateState = (state) => GATE_STATES.includes(state) ? t(`path.states.${state}`) : state;

export const gateIcon = (state) => GATE_ICONS[state] ?? '○';

/** Whether the way leads on from a gate in this state. */
export const isBehind = (state) => state === 'passed' || state === 'waived';

/** How far a joined path is walked, for example "1 of 3 gates passed". */
export const walkedInWords = ({ gates }) =>
  t('path.walked', { passed: gates.filter(({ state }) => isBehind(state)).length, count: gates.length });
