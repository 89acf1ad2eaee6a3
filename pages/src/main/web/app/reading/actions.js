// What can be done with a reading besides reading on.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { sendCommand } from '../../kit/outbox.js';
import { navigate } from '../../kit/router.js';
import { newUuid } from '../../kit/uuid.js';
import { t } from '../../kit/words.js';
import '../shell/problem.js';

/** The commands that each status allows. */
const COMMANDS_OF = { reading: ['finish', 'abandon'], finished: ['reopen'], abandoned: ['resume'] };

/** Properties: `model`, `reading`, `book`. Fires `undoable` with `{message, undo}`. */
class ReadingActions extends PageElement {
  static properties = {
    model: { attribute: false }, reading: { attribute: false }, book: { attribute: false },
    problem: { state: true }, isBusy: { state: true },
  };

  constructor() {
    super();
    this.problem = null;
    this.isBusy = false;
  }

  render() {
    const { status } = this.reading;
    return html`
      <div class="actions">
        ${COMMANDS_OF[status]?.map((type) => html`
          <button type="button" ?disabled=${this.isBusy} @click=${() => this.#send({ type })}>
            ${t(`reading.commands.${type}`)}</button>`)}
        ${status === 'reading' ? nothing : html`
          <button type="button" ?disabled=${this.isBusy} @click=${this.#readAgain}>
            ${t('reading.commands.again')}</button>`}
        <button type="button" class="button-quiet" ?disabled=${this.isBusy} @click=${this.#remove}>
          ${t('reading.commands.remove')}</button>
      </div>
      ${this.#edition()}
      <lectern-problem .problem=${this.problem}></lectern-problem>`;
  }

  #edition() {
    const editions = (this.book?.editions ?? []).filter(({ isbn, label }) => isbn ?? label);
    if (editions.length === 0) {
      return nothing;
    }
    const nameOf = ({ isbn, label }) => isbn ?? label;
    const mine = this.reading.edition;
    const isMine = ({ isbn, label }) => mine !== undefined && [isbn, label].includes(mine);
    return html`
      <p class="edition"><label for="reading-edition">${t('reading.edition')}</label>
        <select id="reading-edition" @change=${this.#changeEdition}>
          <option value="" ?selected=${!editions.some(isMine)}>${mine && !editions.some(isMine)
            ? mine : t('reading.noEdition')}</option>
          ${editions.map((edition) => html`
            <option value=${nameOf(edition)} ?selected=${isMine(edition)}>${this.#editionWords(edition)}</option>`)}
        </select></p>`;
  }

  #editionWords({ label, year, format, pages }) {
    return [label, year, format, pages && t('reading.pages', { count: pages })].filter(Boolean).join(' · ');
  }

  #changeEdition({ target }) {
    this.#run(() => this.model.changeEdition(target.value || null));
  }

  #send(command) {
    this.#run(async () => {
      const { reading } = await sendCommand({ ...command, reading: this.reading.id });
      this.model.apply(reading);
    });
  }

  #remove() {
    this.#run(async () => {
      const { undo, reading } = await sendCommand({ type: 'remove', reading: this.reading.id });
      this.model.apply(reading);
      this.dispatchEvent(new CustomEvent('undoable', { detail: { message: t('reading.removed'), undo } }));
    });
  }

  #readAgain() {
    this.#run(async () => {
      const { book, edition } = this.reading;
      const start = { type: 'start', reading: newUuid(), book: book.id, edition, again: true, shown: book };
      const { reading } = await sendCommand(start);
      navigate(`/me/readings/${reading?.id ?? start.reading}`);
    });
  }

  async #run(action) {
    this.isBusy = true;
    this.problem = null;
    try {
      await action();
    } catch (failure) {
      this.problem = failure;
    } finally {
      this.isBusy = false;
    }
  }
}

customElements.define('lectern-reading-actions', ReadingActions);
