// The changes that wait or were refused, in a dialog.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { moment, percent } from '../../kit/format.js';
import { discard, hurryOutbox, outbox } from '../../kit/outbox.js';
import { readings } from '../../kit/readings.js';
import { t } from '../../kit/words.js';

/** As many changes are listed. */
const MAX_LISTED_CHANGES = 50;

class OutboxList extends PageElement {
  constructor() {
    super();
    this.watch(outbox);
  }

  open() {
    this.querySelector('dialog').showModal();
  }

  render() {
    const refused = outbox.value.filter(({ state }) => state === 'refused');
    const waiting = outbox.value.filter(({ state }) => state !== 'refused');
    return html`
      <dialog class="question" aria-labelledby="outbox-title">
        <h2 id="outbox-title">${t('outbox.title')}</h2>
        ${this.#list(t('outbox.refusedNote'), refused)}
        ${this.#list(t('outbox.waitingNote'), waiting)}
        <div class="actions">
          ${waiting.length ? html`<button type="button" @click=${hurryOutbox}>${t('outbox.tryNow')}</button>` : nothing}
          <button type="button" @click=${this.#close}>${t('outbox.close')}</button>
        </div>
      </dialog>`;
  }

  #list(note, commands) {
    return commands.length === 0 ? nothing : html`
      <p>${note}</p>
      <ul class="plain-list">${commands.slice(0, MAX_LISTED_CHANGES).map((command) => this.#item(command))}</ul>`;
  }

  #item(command) {
    const { key, state, problem, occurredAt } = command;
    return html`
      <li class="outbox-item">
        <p dir="auto">${titleOfCommand(command)}</p>
        <p class="quiet small">${t('outbox.since', { what: whatCommandDoes(command), time: moment(occurredAt) })}</p>
        ${problem ? html`<p class="state-bad" dir="auto">${problem.detail ?? problem.title}</p>` : nothing}
        ${state === 'sending' ? html`<p class="quiet small">${t('outbox.sendingNow')}</p>` : html`
          <button type="button" class="button-quiet" @click=${() => discard(key)}>
            ${t(state === 'refused' ? 'outbox.dismiss' : 'outbox.giveUp')}
          </button>`}
      </li>`;
  }

  #close() {
    this.querySelector('dialog').close();
  }
}

const titleOfCommand = ({ reading, shown, members }) =>
  readings.get(reading)?.book.title ?? shown?.title ?? members.book ?? '';

function whatCommandDoes({ type, shown, members }) {
  const { fraction, page } = members;
  const position = fraction !== undefined ? percent(fraction) : t('outbox.page', { page });
  const known = ['start', 'report', 'finish', 'reopen', 'abandon', 'resume', 'restore', 'undo', 'plan', 'remove-plan',
    'remove', 'change-edition'].includes(type);
  return t(`outbox.types.${known ? type : 'other'}`, { position, book: shown?.title ?? members.book });
}

customElements.define('lectern-outbox-list', OutboxList);
