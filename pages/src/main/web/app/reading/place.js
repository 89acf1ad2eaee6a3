// Where the reader is, or was, in large figures.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { parseInstant } from '../../kit/calendar.js';
import { number, percent } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { deviceName, pageOf } from '../timeline/place-words.js';
import { momentIn } from '../timeline/zoned.js';

/** Properties: `reading` as it is or was; null if it had not begun. `pending`: a fraction that is not confirmed yet. */
class Place extends PageElement {
  static properties = { reading: { attribute: false }, zone: {}, pending: { attribute: false } };

  render() {
    const { reading, pending } = this;
    if (!reading) {
      return html`<p class="place-figure">${t('timeline.notBegun')}</p>`;
    }
    const { position, pages, furthest, status, removed } = reading;
    const shownStatus = removed ? 'removed' : status;
    const fraction = pending ?? position?.fraction ?? 0;
    const isPending = pending !== null && pending !== undefined;
    const page = pageOf(isPending ? { fraction } : position, pages);
    return html`
      <p class="place-figure"><span class="place-percent">${percent(fraction)}</span>
        ${page === undefined ? nothing : html`<span class="place-page">${this.#page(page, pages)}</span>`}
        ${shownStatus === 'reading' ? nothing : html`
          <span class="tag">
            <span aria-hidden="true">${statusMark(shownStatus)}</span> ${t(`reading.status.${shownStatus}`)}</span>`}
        ${isPending ? html`<span class="tag">${t('reading.waiting')}</span>` : nothing}</p>
      <p class="quiet small place-facts">
        ${isPending ? nothing : position ? this.#facts(position) : t('reading.noReport')}
        ${furthest && furthest.fraction > (position?.fraction ?? 0)
          ? html` · ${t('reading.furthest', { place: percent(furthest.fraction) })}` : nothing}</p>`;
  }

  #page(page, pages) {
    return pages ? t('reading.pageOf', { page: number(page), pages: number(pages) })
      : t('timeline.page', { page: number(page) });
  }

  #facts({ chapter, device, occurredAt }) {
    const on = deviceName(device) && t('timeline.onDevice', { device: deviceName(device) });
    const parts = [chapter && html`<span dir="auto">${chapter}</span>`, momentIn(parseInstant(occurredAt), this.zone),
      on && html`<span dir="auto">${on}</span>`].filter(Boolean);
    return parts.map((part, index) => html`${index ? ' · ' : ''}${part}`);
  }
}

/** A sign for a status, beside its word. */
function statusMark(status) {
  return { reading: '◐', finished: '✓', abandoned: '–', removed: '×' }[status] ?? '';
}

customElements.define('lectern-place', Place);
