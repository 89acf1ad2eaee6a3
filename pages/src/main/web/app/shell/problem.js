// A failure, in the words of the API and with what can be done.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

/**
 * `problem` is a ProblemError or another error; null shows nothing. `retry` is called when the reader wants to try
 * again; without it there is no button.
 */
class Problem extends PageElement {
  static properties = { problem: { attribute: false }, retry: { attribute: false } };

  render() {
    if (!this.problem) {
      return nothing;
    }
    const { status, problem = {} } = this.problem;
    return html`
      <div class="problem" role="alert">
        <p class="problem-title">${status === 0 ? t('shell.noAnswer') : problem.title ?? t('shell.failed')}</p>
        <p>${status === 0 ? t('shell.noAnswerHelp') : problem.detail ?? this.problem.message}</p>
        ${this.#faults()}
        ${this.problem.retryAfter ? html`<p>${t('shell.retryAfter', { count: this.problem.retryAfter })}</p>` : nothing}
        <div class="actions">
          ${this.retry
            ? html`<button type="button" @click=${() => this.retry()}>${t('shell.retry')}</button>`
            : nothing}
          ${problem.type?.startsWith('/problems/') ? html`<a href=${problem.type}>${t('shell.whatToDo')}</a>` : nothing}
          ${problem.requestId
            ? html`<span class="quiet small">${t('shell.requestId', { id: problem.requestId })}</span>`
            : nothing}
        </div>
      </div>`;
  }

  #faults() {
    const faults = [...this.problem.faults ?? []];
    return faults.length
      ? html`<ul>${faults.map(([place, detail]) => html`<li dir="auto">${place}: ${detail}</li>`)}</ul>`
      : nothing;
  }
}

customElements.define('lectern-problem', Problem);
