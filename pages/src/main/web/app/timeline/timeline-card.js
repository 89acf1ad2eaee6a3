// The place of a reading at the instant of the handle, over the axis of time.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';
import '../reading/place.js';
import './controls.js';
import './timeline.js';
import { fittingSpeed } from './playback.js';
import { momentIn } from './zoned.js';

/**
 * Properties: `model`, a ReadingModel, and its `reading`; `travel`, a TimeTravel, and its `at`, `axis`, `speed`,
 * `isPlaying`; `stops` of the track; `shown`, the reading at that instant, null if it had not begun; `pending`, a
 * fraction that is not confirmed; `assumed`; `now`; `zone`. Fires `restore` when the reader wants the shown place
 * back, and `pace` as the timeline does. Children that others put in are below the head.
 */
class TimelineCard extends PageElement {
  static properties = {
    model: { attribute: false }, reading: { attribute: false }, travel: { attribute: false }, at: { attribute: false },
    axis: {}, speed: { type: Number }, isPlaying: { type: Boolean }, stops: { attribute: false },
    shown: { attribute: false }, pending: { attribute: false }, assumed: { attribute: false },
    forecast: { attribute: false }, now: { attribute: false }, zone: {}, isLoading: { type: Boolean },
    notices: { attribute: false },
  };

  render() {
    const { reading, travel, at, stops, shown, now, zone } = this;
    const isPast = at !== null;
    const first = stops[0]?.at ?? now;
    const play = () => travel.toggle(first);
    return html`
      <section class="card timeline-card" aria-labelledby="place-title">
        <div class="timeline-head">
          <h2 id="place-title">
            ${isPast ? t('timeline.past', { when: momentIn(at, zone, now) }) : t('timeline.present')}</h2>
          <lectern-place .reading=${shown} .zone=${zone} .pending=${isPast ? null : this.pending}></lectern-place>
        </div>
        <div class="actions timeline-past-actions">${isPast ? this.#pastActions() : nothing}</div>
        <div class="timeline-notices">${this.notices}</div>
        <lectern-timeline .stops=${stops} .state=${shown} .at=${at} .now=${now} .zone=${zone}
          .forecast=${this.forecast} .finishBy=${reading.plan?.finishBy} .assumed=${this.assumed}
          .isOpen=${reading.status === 'reading' && !reading.removed} .isLoading=${this.isLoading}
          .isPlaying=${this.isPlaying}
          @instant=${({ detail }) => travel.move(detail)} @play=${play}
          @pace=${({ detail }) => this.dispatchEvent(new CustomEvent('pace', { detail }))}></lectern-timeline>
        <lectern-timeline-controls .isPlaying=${this.isPlaying} .speed=${this.speed ?? fittingSpeed(now - first)}
          .axis=${this.axis} @play=${play} @speed=${({ detail }) => travel.setSpeed(detail)}
          @axis=${({ detail }) => travel.setAxis(detail)}></lectern-timeline-controls>
      </section>`;
  }

  /** Moves the focus to the handle. */
  focusHandle() {
    this.querySelector('.timeline-handle').focus({ preventScroll: true });
  }

  #pastActions() {
    const { reading, shown } = this;
    const isOther = shown?.position && (shown.position.fraction !== reading.position?.fraction
      || shown.position.occurredAt !== reading.position?.occurredAt);
    const restore = () => this.dispatchEvent(new CustomEvent('restore'));
    return html`
      ${isOther && reading.status === 'reading'
        ? html`<button type="button" class="button-main" @click=${restore}>${t('timeline.restoreThis')}</button>`
        : nothing}
      <button type="button" @click=${this.#backToNow}>${t('timeline.backToNow')}</button>`;
  }

  #backToNow() {
    this.travel.move(null);
    this.focusHandle();
  }
}

customElements.define('lectern-timeline-card', TimelineCard);
