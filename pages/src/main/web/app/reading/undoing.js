// Restores of a place, and their undo.

import { percent } from '../../kit/format.js';
import { sendCommand } from '../../kit/outbox.js';
import { t } from '../../kit/words.js';

/**
 * A reactive controller of Lit: `notice` is what was done last, `{message, undo}` or null, and `problem` why it could
 * not be done.
 */
export class Undoing {
  notice = null;
  problem = null;

  #host;

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#set(null, null);
  }

  /** Says what was done elsewhere in the page; null says nothing. */
  announce(notice) {
    this.#set(notice, null);
  }

  /** Brings a place of the past back. Returns whether it is back. */
  async restore(model, target, position) {
    return this.#run(model, { type: 'restore', ...target }, () => {
      const place = percent(model.reading.position?.fraction ?? position.fraction);
      return t('timeline.restored', { place });
    });
  }

  /** Undoes what the notice says. */
  undo(model) {
    const wasRemoved = model.reading.removed;
    return this.#run(model, { type: 'undo', undo: this.notice.undo }, () => {
      const place = percent(model.reading.position?.fraction ?? 0);
      return wasRemoved ? t('reading.returned') : t('timeline.undone', { place });
    });
  }

  async #run(model, command, message) {
    try {
      const { reading, undo } = await sendCommand({ ...command, reading: model.value });
      model.apply(reading);
      this.#set({ message: message(), undo }, null);
      return true;
    } catch (failure) {
      this.#set(null, failure);
      return false;
    }
  }

  #set(notice, problem) {
    this.notice = notice;
    this.problem = problem;
    this.#host.requestUpdate();
  }
}
