// The end of a book.

import { html, nothing } from 'lit';

import { request } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { navigate } from '../../kit/router.js';
import { t } from '../../kit/words.js';

/** Removes the version of the book that was read, after a question. Fires `outdated` if there is a newer one. */
class RemoveBook extends PageElement {
  static properties = {
    book: { attribute: false },
    etag: { attribute: false },
    isAsking: { state: true },
    isSending: { state: true },
    problem: { state: true },
  };

  render() {
    return html`
      <section class="card danger" aria-labelledby="remove-title">
        <h2 id="remove-title">${t('curate.remove')}</h2>
        <p>${t('curate.removeExplanation')}</p>
        ${this.problem ? html`<lectern-problem .problem=${this.problem}></lectern-problem>` : nothing}
        ${this.isAsking ? html`
          <p dir="auto" role="alert">${t('curate.removeConfirm', { title: this.book.title })}</p>
          <p class="actions">
            <button type="button" class="button-bad" aria-disabled=${this.isSending ? 'true' : nothing}
              @click=${this.#remove}>${t('curate.removeNow')}</button>
            <button type="button" class="keep" @click=${() => this.#ask(false)}>${t('curate.keep')}</button>
          </p>` : html`
          <p><button type="button" class="button-bad ask" @click=${() => this.#ask(true)}>
            ${t('curate.remove')}</button></p>`}
      </section>`;
  }

  /** The focus goes to the button that is harmless. */
  async #ask(isAsking) {
    this.isAsking = isAsking;
    this.problem = null;
    await this.updateComplete;
    this.querySelector(isAsking ? '.keep' : '.ask').focus();
  }

  async #remove() {
    if (this.isSending) {
      return;
    }
    this.isSending = true;
    try {
      await request('DELETE', `/books/${encodeURIComponent(this.book.id)}`, { ifMatch: this.etag });
      navigate('/books', { replace: true });
    } catch (failure) {
      this.problem = failure;
      if (failure.status === 412) {
        this.dispatchEvent(new CustomEvent('outdated'));
      }
    } finally {
      this.isSending = false;
      this.isAsking = false;
    }
  }
}

customElements.define('lectern-remove-book', RemoveBook);
