// The drawing of a timeline in the page.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { frameAt, timelinePicture } from './picture.js';

/**
 * Draws `data` with `measures`; see picture.js. The instant `at` moves a frame over the drawing, which is not drawn
 * again, so that a drag is smooth however long the history is.
 */
class TimelinePicture extends PageElement {
  static properties = { measures: { attribute: false }, data: { attribute: false }, at: { attribute: false } };

  shouldUpdate(changed) {
    if (changed.size === 1 && changed.has('at') && this.hasUpdated) {
      this.#frame();
      return false;
    }
    return true;
  }

  render() {
    const { measures, data } = this;
    return html`
      <svg aria-hidden="true" width=${measures?.width ?? 0} height=${measures?.height ?? 0}>
        ${measures && data.stops.length > 0 ? timelinePicture(measures, data) : nothing}
      </svg>`;
  }

  updated() {
    this.#frame();
  }

  #frame() {
    if (this.measures) {
      frameAt(this, this.measures, this.at);
    }
  }
}

customElements.define('lectern-timeline-picture', TimelinePicture);
