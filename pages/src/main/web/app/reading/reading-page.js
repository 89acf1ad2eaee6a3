// One reading: where I am, where I was, where I shall be.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { instantText, parseInstant } from '../../kit/calendar.js';
import { list, percent } from '../../kit/format.js';
import { pending, outbox, sendCommand } from '../../kit/outbox.js';
import { link } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { TimeTravel } from '../timeline/time-travel.js';
import { fittingSpeed } from '../timeline/playback.js';
import { stopAt, trackOf } from '../timeline/track.js';
import { momentIn } from '../timeline/zoned.js';
import { ReadingModel } from './reading-model.js';
import '../shell/api-view.js';
import '../shell/problem.js';
import '../shell/waiting.js';
import '../timeline/controls.js';
import '../timeline/future.js';
import '../timeline/history.js';
import '../timeline/timeline.js';
import './actions.js';
import './place.js';
import './report.js';

/** How often now moves, in milliseconds. */
const NOW_PERIOD = 30_000;

class ReadingPage extends PageElement {
  static properties = {
    route: { attribute: false }, told: { state: true }, assumed: { state: true }, notice: { state: true },
    problem: { state: true }, now: { state: true },
  };

  #model = null;
  #stopModel = null;
  #travel = new TimeTravel(this, () => this.#ask());
  #track = { entries: null, axis: null, stops: [] };
  #request;
  #clock;

  constructor() {
    super();
    this.told = null;
    this.assumed = null;
    this.notice = null;
    this.problem = null;
    this.now = Date.now();
    this.watch(session, outbox);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#clock = setInterval(() => (this.now = Date.now()), NOW_PERIOD);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    this.#request?.abort();
    this.#stopModel?.();
    this.#model = null;
  }

  willUpdate(changed) {
    if (changed.has('route') && this.route) {
      this.#open(this.route.parameters.id);
      this.#travel.follow(this.route.query);
    }
  }

  #open(id) {
    if (this.#model?.value === id || session.value === null) {
      return;
    }
    this.#stopModel?.();
    this.told = this.assumed = this.notice = this.problem = null;
    const model = this.#model = new ReadingModel(id);
    const unsubscribe = model.subscribe(() => this.#changed());
    this.#stopModel = () => {
      unsubscribe();
      model.stop();
    };
    model.start();
  }

  #changed() {
    this.now = Date.now();
    this.#findCursor();
    if (this.#model.reading) {
      const { title } = this.#model.reading.book;
      this.dispatchEvent(new CustomEvent('page-title', { bubbles: true, detail: title }));
    }
    this.requestUpdate();
  }

  /** The address may name an event by its cursor. */
  #findCursor() {
    const cursor = this.#travel.unknownAt;
    const entry = cursor && this.#model.entries.find((one) => one.cursor === cursor);
    if (entry) {
      this.#travel.axis = 'received';
      this.#travel.move(parseInstant(entry.receivedAt));
    }
  }

  #stops() {
    const { entries } = this.#model;
    const { axis } = this.#travel;
    if (this.#track.entries !== entries || this.#track.axis !== axis) {
      this.#track = { entries, axis, stops: trackOf(entries, axis) };
    }
    return this.#track.stops;
  }

  /**
   * The reading at the instant of the handle. The history says at once where it was; what else has changed since, as
   * the edition, comes from the service when the handle rests.
   */
  #shown() {
    const { reading } = this.#model;
    const { at, axis } = this.#travel;
    if (at === null) {
      return reading;
    }
    if (this.told?.at === at && this.told.axis === axis) {
      return this.told.reading;
    }
    const stop = stopAt(this.#stops(), at);
    return stop ? { ...reading, position: stop.position, furthest: stop.furthest, status: stop.status } : null;
  }

  async #ask() {
    const { at, axis } = this.#travel;
    this.#request?.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    try {
      this.told = { at, axis, reading: await this.#model.asOf(instantText(at), axis, signal) };
      this.problem = null;
    } catch (failure) {
      if (!signal.aborted && failure.status !== 404) {
        // The history has told the place already; only what it does not know is missing.
        this.problem = this.#model.isComplete ? null : failure;
      }
    }
  }

  render() {
    const model = this.#model;
    if (model?.problem && !model.reading) {
      return html`<h1>${t('reading.pageTitle')}</h1>
        <lectern-problem .problem=${model.problem} .retry=${() => model.retry()}></lectern-problem>`;
    }
    if (!model?.reading) {
      return html`<lectern-waiting></lectern-waiting>`;
    }
    const { reading } = model;
    const isPast = this.#travel.at !== null;
    return html`
      <article class="reading ${isPast ? 'in-past' : ''}">
        <header class="reading-header">
          <h1 dir="auto">${reading.book.title}</h1>
          <p class="quiet" dir="auto">${list(reading.book.authors)}
            <a class="small" href=${link(`/books/${encodeURIComponent(reading.book.id)}`)}>${t('reading.toBook')}</a></p>
        </header>
        ${this.#timeline(reading, isPast)}
        ${reading.removed ? nothing : this.#present(reading, isPast)}
        <lectern-history .stops=${this.#stops()} .reading=${reading} .zone=${this.#zone()} .isComplete=${model.isComplete}
          @restore=${({ detail }) => this.#restore({ to: detail.entry.cursor }, detail.position)}
          @instant=${({ detail }) => this.#showInstant(detail)}></lectern-history>
        <lectern-api-view .path=${model.path()} .event=${model.event}
          .parameters=${isPast ? { asOf: instantText(this.#travel.at), axis: this.#travel.axis } : {}}></lectern-api-view>
      </article>`;
  }

  #timeline(reading, isPast) {
    const { at, axis, speed, isPlaying } = this.#travel;
    const shown = this.#shown();
    const stops = this.#stops();
    const first = stops[0]?.at ?? this.now;
    return html`
      <section class="card timeline-card" aria-labelledby="place-title">
        <div class="timeline-head">
          <h2 id="place-title">${isPast ? t('timeline.past', { when: momentIn(at, this.#zone(), this.now) }) : t('timeline.present')}</h2>
          <lectern-place .reading=${shown} .zone=${this.#zone()} .pending=${isPast ? null : this.#pending()}></lectern-place>
        </div>
        <div class="actions timeline-past-actions">${isPast ? this.#pastActions(shown) : nothing}</div>
        <div class="timeline-notices">${this.#notice()}
          <lectern-problem .problem=${this.problem}></lectern-problem></div>
        <lectern-timeline .stops=${stops} .state=${shown} .at=${at} .now=${this.now} .zone=${this.#zone()}
          .forecast=${this.#model.forecast} .finishBy=${reading.plan?.finishBy} .assumed=${this.assumed}
          @pace=${({ detail }) => this.querySelector('lectern-future').assume(detail)}
          .isOpen=${reading.status === 'reading' && !reading.removed} .isLoading=${!this.#model.isComplete}
          @instant=${({ detail }) => this.#travel.move(detail)} @play=${() => this.#travel.toggle(first)}></lectern-timeline>
        <lectern-timeline-controls .isPlaying=${isPlaying} .speed=${speed ?? fittingSpeed(this.now - first)} .axis=${axis}
          @play=${() => this.#travel.toggle(first)} @speed=${({ detail }) => this.#travel.setSpeed(detail)}
          @axis=${({ detail }) => this.#travel.setAxis(detail)}></lectern-timeline-controls>
      </section>`;
  }

  #pastActions(shown) {
    const { reading } = this.#model;
    const isOther = shown?.position && (shown.position.fraction !== reading.position?.fraction
      || shown.position.occurredAt !== reading.position?.occurredAt);
    return html`
      ${isOther && reading.status === 'reading' ? html`
        <button type="button" class="button-main" @click=${this.#restoreShown}>${t('timeline.restoreThis')}</button>` : nothing}
      <button type="button" @click=${this.#backToNow}>${t('timeline.backToNow')}</button>`;
  }

  /** What can be changed is about now, so it rests while the past is shown. */
  #present(reading, isPast) {
    const model = this.#model;
    return html`
      <div class="reading-present" ?inert=${isPast}>
        <div class="reading-column">
          ${reading.status === 'reading' ? html`
            <section class="card" aria-labelledby="report-title">
              <h2 id="report-title">${t('reading.report')}</h2>
              <lectern-report .reading=${reading} @answered=${({ detail }) => model.apply(detail.reading)}></lectern-report>
            </section>` : nothing}
          <section class="card" aria-labelledby="actions-title">
            <h2 id="actions-title">${t('reading.actions')}</h2>
            <lectern-reading-actions .model=${model} .reading=${reading} .book=${model.book}
              @undoable=${({ detail }) => this.#announce(detail)}></lectern-reading-actions>
          </section>
        </div>
        <section class="card" aria-labelledby="future-title">
          <h2 id="future-title">${t('timeline.future')}</h2>
          <lectern-future .model=${model} .reading=${reading} .forecast=${model.forecast} .zone=${this.#zone()}
            @assumed=${({ detail }) => (this.assumed = detail)}></lectern-future>
        </section>
      </div>`;
  }

  #notice() {
    return html`<div role="status" class="notice-place">${this.notice ? html`
      <p class="notice"><span>${this.notice.message}</span>
        ${this.notice.undo ? html`<button type="button" class="notice-undo" @click=${this.#undo}>${t('timeline.undo')}</button>` : nothing}
        <button type="button" class="button-quiet" @click=${this.#dismiss}>${t('reading.dismiss')}</button></p>` : nothing}</div>`;
  }

  #zone() {
    return session.value?.zone;
  }

  /** The place that waits in the outbox, as a fraction; null if none does. */
  #pending() {
    const waiting = pending(this.#model.value);
    const { pages } = this.#model.reading;
    return waiting?.fraction ?? (waiting?.page !== undefined && pages ? Math.min(1, waiting.page / pages) : null);
  }

  #showInstant(at) {
    this.#travel.move(at);
    this.querySelector('.timeline-handle').focus({ preventScroll: true });
    this.querySelector('lectern-timeline').scrollIntoView({ block: 'center' });
  }

  #backToNow() {
    this.#travel.move(null);
    this.querySelector('.timeline-handle').focus({ preventScroll: true });
  }

  #restoreShown() {
    const { at, axis } = this.#travel;
    this.#restore({ to: instantText(at), axis }, this.#shown().position);
  }

  async #restore(target, position) {
    this.problem = null;
    try {
      const answer = await sendCommand({ type: 'restore', reading: this.#model.value, ...target });
      this.#travel.move(null);
      this.#model.apply(answer.reading);
      const place = percent(answer.reading?.position?.fraction ?? position.fraction);
      this.#announce({ message: t('timeline.restored', { place }), undo: answer.undo });
    } catch (failure) {
      this.problem = failure;
    }
  }

  async #undo() {
    const { undo } = this.notice;
    this.problem = null;
    try {
      const wasRemoved = this.#model.reading.removed;
      const answer = await sendCommand({ type: 'undo', reading: this.#model.value, undo });
      this.#model.apply(answer.reading);
      const place = percent(this.#model.reading.position?.fraction ?? 0);
      const message = wasRemoved ? t('reading.returned') : t('timeline.undone', { place });
      this.#announce({ message, undo: answer.undo });
    } catch (failure) {
      this.notice = null;
      this.problem = failure;
    }
  }

  /** Shows what was done until it is dismissed; the focus goes to its undo. */
  async #announce(notice) {
    this.notice = notice;
    await this.updateComplete;
    this.querySelector('.notice-undo')?.focus();
  }

  #dismiss() {
    this.notice = null;
    this.querySelector('.timeline-handle').focus({ preventScroll: true });
  }
}

customElements.define('lectern-reading-page', ReadingPage);
