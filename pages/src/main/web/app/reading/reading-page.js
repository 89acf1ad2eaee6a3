// One reading: where I am, where I was, where I shall be.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { instantText, parseInstant } from '../../kit/calendar.js';
import { list } from '../../kit/format.js';
import { outbox, pending } from '../../kit/outbox.js';
import { link } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { TimeTravel } from '../timeline/time-travel.js';
import { stopAt, stopsUntil, trackOf } from '../timeline/track.js';
import { ReadingModel } from './reading-model.js';
import '../shell/api-view.js';
import '../shell/problem.js';
import '../shell/waiting.js';
import '../timeline/future.js';
import '../timeline/history.js';
import '../timeline/timeline-card.js';
import './actions.js';
import { keptCount } from './kept.js';
import './report.js';
import './undo-notice.js';
import { Undoing } from './undoing.js';

/** How often now moves, in milliseconds. */
const NOW_PERIOD = 30_000;

class ReadingPage extends PageElement {
  static properties = {
    route: { attribute: false }, told: { state: true }, assumed: { state: true }, problem: { state: true },
    now: { state: true },
  };

  #model = null;
  #stopModel = null;
  #travel = new TimeTravel(this, () => this.#ask());
  #undoing = new Undoing(this);
  #track = { entries: null, axis: null, stops: [] };
  #request;
  #clock;

  constructor() {
    super();
    this.told = this.assumed = this.problem = null;
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
    this.told = this.assumed = this.problem = null;
    this.#undoing.announce(null);
    const model = this.#model = new ReadingModel(id);
    const unsubscribe = model.subscribe(() => this.#changed());
    this.#stopModel = () => {
      unsubscribe();
      model.stop();
    };
    model.start();
  }

  #changed() {
    const { reading, entries } = this.#model;
    this.now = Date.now();
    if (entries !== this.#track.entries) {
      // A report that came late may have changed the past.
      this.told = null;
      this.#findCursor(entries);
    }
    if (reading) {
      this.dispatchEvent(new CustomEvent('page-title', { bubbles: true, detail: reading.book.title }));
    }
    this.requestUpdate();
  }

  /** The address may name an event by its cursor. */
  #findCursor(entries) {
    const { unknownAt } = this.#travel;
    const entry = unknownAt && entries.find(({ cursor }) => cursor === unknownAt);
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
      const reading = await this.#model.asOf(instantText(at), axis, signal);
      this.told = { at, axis, reading };
      this.problem = null;
    } catch (failure) {
      // The history has told the place already, if it is loaded; before the start there is nothing to tell.
      if (!signal.aborted && failure.status !== 404 && !this.#model.isComplete) {
        this.problem = failure;
      }
    }
  }

  render() {
    const model = this.#model;
    if (model?.problem && !model.reading) {
      return html`<h1>${t('reading.pageTitle')}</h1>
        <lectern-problem .problem=${model.problem} .retry=${() => model.retry()}></lectern-problem>`;
    }
    // After a sign-out this page is shown for a moment longer.
    if (!model?.reading || !session.value) {
      return html`<lectern-waiting></lectern-waiting>`;
    }
    const { reading } = model;
    const { at, axis, speed, isPlaying } = this.#travel;
    const zone = session.value?.zone;
    return html`
      <article class="reading ${at === null ? '' : 'in-past'}">
        <header class="reading-header">
          <h1 dir="auto" lang=${model.book?.language ?? nothing}>${reading.book.title}</h1>
          <p class="quiet"><span dir="auto">${list(reading.book.authors)}</span>
            <a class="small" href=${link(`/books/${encodeURIComponent(reading.book.id)}`)}>
              ${t('reading.toBook')}</a></p>
        </header>
        <lectern-timeline-card .model=${model} .reading=${reading} .travel=${this.#travel} .at=${at} .axis=${axis}
          .speed=${speed} .isPlaying=${isPlaying} .stops=${this.#stops()} .shown=${this.#shown()}
          .pending=${this.#pending()} .assumed=${this.assumed} .forecast=${model.forecast} .now=${this.now}
          .zone=${zone} .isLoading=${!model.isComplete} .notices=${this.#notices()} @restore=${this.#restoreShown}
          @pace=${({ detail }) => this.querySelector('lectern-future').assume(detail)}></lectern-timeline-card>
        ${reading.removed ? nothing : this.#present(reading, zone)}
        <lectern-history .stops=${stopsUntil(this.#stops(), at)} .reading=${reading} .zone=${zone}
          .isComplete=${model.isComplete} @restore=${({ detail }) => this.#restoreStop(detail)}
          @instant=${({ detail }) => this.#showInstant(detail)}></lectern-history>
        <lectern-api-view .path=${model.path()} .event=${model.event}
          .parameters=${at === null ? {} : { asOf: instantText(at), axis }}></lectern-api-view>
      </article>`;
  }

  #notices() {
    return html`
      <lectern-undo-notice .notice=${this.#undoing.notice} @undo=${() => this.#undoing.undo(this.#model)}
        @dismiss=${() => this.#dismiss()}></lectern-undo-notice>
      ${this.#waitingChanges()}
      <lectern-problem .problem=${this.#undoing.problem ?? this.problem}></lectern-problem>`;
  }

  /** Says of a command that waits that it is not lost; the report says so itself. */
  #waitingChanges() {
    const count = keptCount(this.#model.value, this, (type) => type !== 'report');
    return count > 0 ? html`<p class="notice" role="status">${t('reading.changesWait', { count })}</p>` : nothing;
  }

  /** What can be changed is about now, so it rests while the past is shown. */
  #present(reading, zone) {
    const model = this.#model;
    return html`
      <div class="reading-present" ?inert=${this.#travel.at !== null}>
        <div class="reading-column">
          ${reading.status === 'reading' ? html`
            <section class="card" aria-labelledby="report-title">
              <h2 id="report-title">${t('reading.report')}</h2>
              <lectern-report .reading=${reading} @answered=${({ detail }) => model.apply(detail.reading)}>
              </lectern-report>
            </section>` : nothing}
          <section class="card" aria-labelledby="actions-title">
            <h2 id="actions-title">${t('reading.actions')}</h2>
            <lectern-reading-actions .model=${model} .reading=${reading} .book=${model.book}
              @undoable=${({ detail }) => this.#undoing.announce(detail)}></lectern-reading-actions>
          </section>
        </div>
        <section class="card" aria-labelledby="future-title">
          <h2 id="future-title">${t('timeline.future')}</h2>
          <lectern-future .model=${model} .reading=${reading} .forecast=${model.forecast} .zone=${zone}
            @assumed=${({ detail }) => (this.assumed = detail)}></lectern-future>
        </section>
      </div>`;
  }

  /** The place that waits in the outbox, as a fraction; null if none does. */
  #pending() {
    const waiting = pending(this.#model.value);
    const { pages } = this.#model.reading;
    return waiting?.fraction ?? (waiting?.page !== undefined && pages ? Math.min(1, waiting.page / pages) : null);
  }

  #showInstant(at) {
    this.#travel.move(at);
    const card = this.querySelector('lectern-timeline-card');
    card.focusHandle();
    card.scrollIntoView({ block: 'nearest' });
  }

  #restoreShown() {
    const { at, axis } = this.#travel;
    this.#restore({ to: instantText(at), axis }, this.#shown().position);
  }

  /** On the axis of what was known, an event is named by its cursor, because several may have the same instant. */
  #restoreStop({ at, entry, position }) {
    const { axis } = this.#travel;
    this.#restore(axis === 'received' ? { to: entry.cursor } : { to: instantText(at), axis }, position);
  }

  async #restore(target, position) {
    if (await this.#undoing.restore(this.#model, target, position)) {
      this.#travel.move(null);
    }
  }

  #dismiss() {
    this.#undoing.announce(null);
    this.querySelector('lectern-timeline-card').focusHandle();
  }
}

customElements.define('lectern-reading-page', ReadingPage);
