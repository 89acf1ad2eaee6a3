// The gates of a path, as cards on a line.

import { html, nothing, svg } from 'lit';
import { PageElement } from '../../kit/element.js';
import { list } from '../../kit/format.js';
import { readingOf, readings } from '../../kit/readings.js';
import { link } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { bookById, bookTitles, titleOf } from '../library/book-titles.js';
import { readingState } from '../library/book-words.js';
import { stateOfGate } from './joined-paths.js';
import { gateIcon, gateState, isBehind, ruleInWords } from './path-words.js';

/** Where the line is in the space beside the cards, and the middle of the mark of a gate, in pixels. */
const LINE_X = 24;
const MARK_Y = 30;
const MAX_BOW = 20;

/** `gates` are those of the catalog in their order; `mine` is the joined path, undefined if it is not joined. */
class Gates extends PageElement {
  static properties = { gates: { attribute: false }, mine: { attribute: false }, marks: { state: true } };

  #observer = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.marks = [];
    this.watch(readings, bookTitles);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  render() {
    return html`
      <svg class="gate-edges" aria-hidden="true">${this.#edges()}</svg>
      <ol class="gates plain-list">${this.gates.map((gate) => this.#gate(gate))}</ol>`;
  }

  updated() {
    this.#measure();
  }

  /** The marks are where the cards are, whose heights only the browser knows. */
  #measure() {
    const marks = [...this.querySelectorAll('ol > li')].map((card) => card.offsetTop + MARK_Y);
    if (marks.join() !== this.marks.join()) {
      this.marks = marks;
    }
  }

  #edges() {
    const places = new Map(this.gates.map(({ id }, index) => [id, index]));
    const edges = this.gates.flatMap(({ needs }, to) =>
      needs.filter((need) => places.has(need)).map((need) => ({ need, from: places.get(need), to })));
    return edges.map(({ need, from, to }) => {
      const [start, end] = [this.marks[from] ?? 0, this.marks[to] ?? 0];
      const x = LINE_X - (Math.abs(to - from) === 1 ? 0 : Math.min(MAX_BOW, 8 * Math.abs(to - from)));
      const kind = isBehind(stateOfGate(this.mine, need)) ? 'gate-edge gate-edge-walked' : 'gate-edge';
      return svg`<path class=${kind} d=${`M ${LINE_X} ${start} C ${x} ${start} ${x} ${end} ${LINE_X} ${end}`}></path>`;
    });
  }

  #gate(gate) {
    const { id, title, summary, steps } = gate;
    const state = stateOfGate(this.mine, id);
    return html`
      <li class=${`gate card ${state ? `gate-${state}` : ''}`}>
        <span class="gate-mark" aria-hidden="true">${state ? gateIcon(state) : '○'}</span>
        <h2 dir="auto">${title}</h2>
        <p class="gate-state">
          ${state
            ? html`<strong><span aria-hidden="true">${gateIcon(state)}</span> ${gateState(state)}</strong> · `
            : nothing}
          ${ruleInWords(gate)} ${this.#needs(gate, state)}
        </p>
        ${summary ? html`<p dir="auto">${summary}</p>` : nothing}
        ${steps.length ? html`<ul class="steps plain-list">${steps.map((step) => this.#step(id, step))}</ul>` : nothing}
      </li>`;
  }

  #needs({ needs }, state) {
    const titles = needs.map((need) => this.gates.find(({ id }) => id === need)?.title ?? need);
    const isSaid = titles.length > 0 && (!state || state === 'closed');
    return isSaid ? t('path.opensAfter', { gates: list(titles) }) : nothing;
  }

  #step(gate, { book, note }) {
    const language = bookById(book)?.language;
    return html`
      <li>
        <p><a href=${link(`/books/${book}`)}><span lang=${language ?? nothing} dir="auto">${titleOf(book)}</span></a>
          ${this.#place(gate, book)}</p>
        ${note ? html`<p class="quiet small" dir="auto">${note}</p>` : nothing}
      </li>`;
  }

  #place(gate, book) {
    const reading = readingOf(book);
    const joined = this.mine?.gates.find(({ id }) => id === gate)?.steps.find((step) => step.book === book);
    if (joined?.finished || reading?.status === 'finished') {
      return html`<span class="step-place state-good">✓ ${t('path.finished')}</span>`;
    }
    if (reading) {
      return html`<span class="step-place state-past">◐ ${readingState(reading)}</span>`;
    }
    return this.mine ? html`<span class="step-place quiet">○ ${t('path.notStarted')}</span>` : nothing;
  }
}

customElements.define('lectern-gates', Gates);
