// Plays the past, and chooses the axis of time.

import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { number } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { SPEEDS } from './playback.js';

/** Properties: `isPlaying`, `speed`, `axis`. Fires `play`, `speed` and `axis`. */
class TimelineControls extends PageElement {
  static properties = { isPlaying: { type: Boolean }, speed: { type: Number }, axis: {} };

  render() {
    return html`
      <div class="timeline-controls actions">
        <button type="button" class="play" @click=${() => this.#fire('play')}>
          <span aria-hidden="true">${this.isPlaying ? '❚❚' : '▶'}</span>
          ${this.isPlaying ? t('timeline.pause') : t('timeline.play')}</button>
        <label for="timeline-speed">${t('timeline.speed')}</label>
        <select id="timeline-speed" @change=${({ target }) => this.#fire('speed', Number(target.value))}>
          ${SPEEDS.map((speed) => html`
            <option value=${speed} ?selected=${speed === this.speed}>
              ${t('timeline.times', { speed: number(speed) })}</option>`)}
        </select>
        <fieldset class="segments" aria-describedby="timeline-axis-note">
          <legend class="visually-hidden">${t('timeline.axis')}</legend>
          ${['occurred', 'received'].map((axis) => html`
            <label><input type="radio" name="axis" value=${axis} .checked=${axis === this.axis}
              @change=${() => this.#fire('axis', axis)}> <span>${t(`timeline.axes.${axis}`)}</span></label>`)}
        </fieldset>
      </div>
      <p id="timeline-axis-note" class="quiet small">${t(`timeline.axisNotes.${this.axis}`)}</p>`;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('lectern-timeline-controls', TimelineControls);
