// What the services do now, and what is wrong with them.

import { html, nothing } from 'lit';

import '../shell/api-view.js';
import { PageElement } from '../../kit/element.js';
import { duration, time } from '../../kit/format.js';
import { follow } from '../../kit/live.js';
import { t } from '../../kit/words.js';
import { STRIPS } from './meters.js';
import { MetricsWindow } from './metrics-window.js';
import { extremes, strip, valueText } from './strip.js';

const MARKS = { up: '●', unready: '◐', down: '✕' };

/** How long no snapshot may come, in milliseconds. */
const SILENCE = 5_000;

/** How far apart the columns of the tables are, in snapshots. */
const MINUTE = 60;

/** The page at `/operations`, for operators. */
class OperationsPage extends PageElement {
  static properties = { route: { attribute: false }, frozen: { state: true }, openTables: { state: true } };

  #window = new MetricsWindow();
  #subscription;
  #heardAt = 0;
  #watch;

  constructor() {
    super();
    this.openTables = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#subscription = follow('operations', {
      event: (snapshot) => {
        this.#window.add(snapshot);
        this.#heardAt = Date.now();
        if (!this.frozen) {
          this.requestUpdate();
        }
      },
      reset: () => {},
    });
    this.#subscription.ready.then(() => this.#subscription?.start(), () => {});
    this.#watch = setInterval(() => this.#isSilent && this.requestUpdate(), SILENCE);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#subscription?.close();
    this.#subscription = null;
    clearInterval(this.#watch);
  }

  /** Without snapshots nothing is known: the gateway is away, or the network. */
  get #isSilent() {
    return this.#window.at !== null && Date.now() - this.#heardAt > SILENCE;
  }

  render() {
    const shown = this.frozen ?? this.#window;
    return html`
      <header class="page-head">
        <h1 tabindex="-1">${t('operations.title')}</h1>
        <button type="button" aria-pressed=${this.frozen ? 'true' : 'false'} ?disabled=${shown.at === null}
          @click=${this.#pause}>${t(this.frozen ? 'operations.goOn' : 'operations.pause')}</button>
      </header>
      ${shown.at === null ? html`<lectern-waiting></lectern-waiting>` : html`
        <p class="quiet small">
          ${t(this.frozen ? 'operations.pausedAt' : 'operations.asOf', { time: time(shown.at) })}</p>
        ${this.#health(shown)}
        ${shown.services.map((service) => this.#service(shown, service))}
        <lectern-api-view path="/operations/events" .event=${this.#snapshot(shown)}></lectern-api-view>`}`;
  }

  #health({ faults, past }) {
    const isSilent = this.#isSilent;
    return html`
      <section class="card health ${faults.length || isSilent ? 'is-bad' : ''}" aria-labelledby="health-title">
        <h2 id="health-title">${t('operations.health')}</h2>
        <div role="status">${isSilent ? this.#silence() : present(faults)}</div>
        ${past.length === 0 ? nothing : html`
          <h3>${t('operations.past')}</h3>
          <ol class="past">${past.map(({ service, kind, since, until }) => html`
            <li>${t(`operations.ended.${kind}`, {
              service, from: time(since), until: time(until), length: duration((until - since) / 1000),
            })}</li>`)}
          </ol>`}
      </section>`;
  }

  /** Of a snapshot that is long, what the services are. */
  #snapshot({ at, services }) {
    const states = services.map(({ name, state, metrics }) => ({
      service: name, state, ...(metrics && { metrics: [...metrics.slice(0, 2), '…'] }),
    }));
    return { type: 'metrics', at: new Date(at).toISOString(), services: states };
  }

  #silence() {
    return html`
      <p><span aria-hidden="true">✕ </span>${t('operations.silent', { time: time(this.#window.at) })}</p>`;
  }

  #service(shown, service) {
    const { name, state, metrics } = service;
    const isKnown = (strip) => metrics?.some((meter) => meter.name === strip.meter);
    const drawn = STRIPS.map((one) => ({ one, values: shown.values(service, one.key) }))
      .filter(({ one, values }) => values.some(Number.isFinite) || isKnown(one));
    return html`
      <section class="card service" aria-labelledby="service-${name}">
        <h2 id="service-${name}">${name} <span class="tag ${state === 'up' ? 'state-good' : 'state-bad'}">
          <span aria-hidden="true">${MARKS[state] ?? '?'} </span>${stateText(state)}</span></h2>
        <div class="strips">${drawn.map(({ one, values }) => strip(one, name, values))}</div>
        <details @toggle=${(event) => this.#toggle(name, event.currentTarget.open)}>
          <summary>${t('operations.asTable', { service: name })}</summary>
          ${this.openTables.has(name) ? table(name, drawn) : nothing}
        </details>
      </section>`;
  }

  #toggle(name, isOpen) {
    const open = new Set(this.openTables);
    if (isOpen) {
      open.add(name);
    } else {
      open.delete(name);
    }
    this.openTables = open;
  }

  #pause() {
    this.frozen = this.frozen ? null : this.#window.freeze();
  }
}

function present(faults) {
  return faults.length === 0 ? html`<p><span aria-hidden="true">✓ </span>${t('operations.allWell')}</p>` : html`
    <ul>${faults.map(({ kind, service, since, isOlder }) => html`
      <li><span aria-hidden="true">✕ </span>${t(`operations.fault.${kind}`, { service })}
        ${t(isOlder ? 'operations.sinceBefore' : 'operations.since', { time: time(since) })}</li>`)}
    </ul>`;
}

function stateText(state) {
  return ['up', 'unready', 'down'].includes(state) ? t(`operations.state.${state}`) : state;
}

/** The same data as the lines: the value now and each minute before. */
function table(name, drawn) {
  const ages = [4, 3, 2, 1, 0];
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('operations.asTable', { service: name })}>
      <table>
        <thead><tr>
          <th scope="col">${t('operations.meter')}</th>
          ${ages.map((age) => html`
            <th scope="col">${age ? t('operations.minutesAgo', { count: age }) : t('operations.now')}</th>`)}
          <th scope="col">${t('operations.lowest')}</th>
          <th scope="col">${t('operations.highest')}</th>
        </tr></thead>
        <tbody>${drawn.map(({ one, values }) => {
          const { lowest, highest } = extremes(values);
          const text = (value) => html`<td>${valueText(value, one.unit)}</td>`;
          return html`
            <tr><th scope="row">${t(`operations.${one.key}`)}</th>
              ${ages.map((age) => text(values.at(-1 - age * MINUTE)))}${text(lowest)}${text(highest)}</tr>`;
        })}</tbody>
      </table>
    </div>`;
}

customElements.define('lectern-operations-page', OperationsPage);
