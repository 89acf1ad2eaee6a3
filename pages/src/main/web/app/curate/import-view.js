// One import: how far it is, and which lines were refused.

import { html, nothing } from 'lit';

import { PageElement } from '../../kit/element.js';
import { number } from '../../kit/format.js';
import { addressWith } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { importTimes, stateWord } from './import-words.js';

/** How many refusals are shown at first and more at each wish, and how many the service keeps. */
const REFUSALS_SHOWN = 50;
const REFUSALS_KEPT = 1_000;

/** Shows the `report` of an import. `lines` is the number of lines of the list, or null if it is unknown. */
class ImportView extends PageElement {
  static properties = { report: { attribute: false }, lines: { attribute: false }, count: { state: true } };

  constructor() {
    super();
    this.count = REFUSALS_SHOWN;
  }

  willUpdate(changes) {
    if (changes.get('report') && changes.get('report').id !== this.report.id) {
      this.count = REFUSALS_SHOWN;
    }
  }

  render() {
    const { source, state } = this.report;
    return html`
      <section class="card" aria-labelledby="import-title">
        <h2 id="import-title"><span dir="auto">${source ?? t('curate.noSource')}</span></h2>
        <p class="quiet small">${stateWord(state)} · ${importTimes(this.report)}</p>
        ${state === 'running' ? this.#progress() : nothing}
        ${state === 'failed' ? html`<p class="fault">✕ ${t('curate.failedImport')}</p>` : nothing}
        <p class="import-counts">${t('curate.counts', this.report)}</p>
        <p class="visually-hidden" role="status">${state === 'running' ? '' : t('curate.counts', this.report)}</p>
        ${this.#refusals()}
        <p><a href=${addressWith({ import: null })}>${t('curate.toImports')}</a></p>
      </section>`;
  }

  #progress() {
    const { through } = this.report;
    return html`
      <progress class="place-bar" aria-label=${t('curate.importing')} max=${this.lines ?? 1}
        value=${this.lines ? through : nothing}></progress>
      ${this.lines ? html`<p class="small">${t('curate.progress', { through, lines: this.lines })}</p>` : nothing}`;
  }

  #refusals() {
    const { refused, refusals = [], state } = this.report;
    if (refusals.length === 0) {
      return state === 'done' ? html`<p class="state-good">✓ ${t('curate.noRefusals')}</p>` : nothing;
    }
    const more = Math.min(REFUSALS_SHOWN, refusals.length - this.count);
    return html`
      <h3 id="refusals-title">${t('curate.refusals')}</h3>
      <div class="scroll" role="region" tabindex="0" aria-labelledby="refusals-title">
        <table class="refusals">
          <thead><tr>
            <th scope="col">${t('curate.line')}</th>
            <th scope="col">${t('curate.reason')}</th>
            <th scope="col">${t('curate.textOfLine')}</th>
          </tr></thead>
          <tbody>${refusals.slice(0, this.count).map(({ line, reason, pointer, text }) => html`
            <tr>
              <td>${number(line)}</td>
              <td>${reason}${pointer ? html` <code>${pointer}</code>` : nothing}</td>
              <td><code dir="auto">${text}</code></td>
            </tr>`)}</tbody>
        </table>
      </div>
      ${more > 0 ? html`<p><button type="button" @click=${() => (this.count += REFUSALS_SHOWN)}>
        ${t('curate.moreRefusals', { count: more })}</button></p>` : nothing}
      ${refused > REFUSALS_KEPT ? html`<p class="quiet small">${t('curate.onlyFirst')}</p>` : nothing}`;
  }
}

customElements.define('lectern-import', ImportView);
