// The paths that the reader has joined, with the gate that is next.

import { html, nothing } from 'lit';

import { readAll } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { list } from '../../kit/format.js';
import { follow } from '../../kit/live.js';
import { link } from '../../kit/router.js';
import { readerPath, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** The events after which gates, their steps or the paths may be others. */
const PATH_EVENTS = new Set(['path-joined', 'path-left', 'gate-passed', 'gate-waived', 'reading-finished',
  'reading-reopened', 'reading-removed', 'reading-returned']);

/** How long events have to rest before the paths are read again, in milliseconds. */
const READ_REST = 200;

/** Lists the paths, live. Shows nothing if there are none. */
class MyPaths extends PageElement {
  static properties = { paths: { state: true }, problem: { state: true } };

  #subscription;
  #timer;
  #request;

  connectedCallback() {
    super.connectedCallback();
    this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#subscription?.close();
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  render() {
    if (this.problem) {
      return html`<lectern-problem .problem=${this.problem} .retry=${() => this.#read()}></lectern-problem>`;
    }
    const joined = (this.paths ?? []).filter(({ status }) => status === 'joined');
    return joined.length === 0 ? nothing : html`
      <section aria-labelledby="my-paths-title">
        <h2 id="my-paths-title">${t('home.paths')}</h2>
        <ul class="rows">${joined.map((path) => html`
          <li><span>
            <strong><a href=${link(`/paths/${path.id}`)} dir="auto">${path.title ?? path.id}</a></strong><br>
            ${nextGate(path)}
          </span></li>`)}
        </ul>
      </section>`;
  }

  async #start() {
    const subscription = follow('reader', {
      event: ({ type, cursor }) => PATH_EVENTS.has(type) && this.#readLater(cursor),
      reset: () => this.#readLater(),
    });
    this.#subscription = subscription;
    try {
      await this.#read(await subscription.ready);
      subscription.start();
    } catch {
      // Closed before it was ready.
    }
  }

  #readLater(seen) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(seen), READ_REST);
  }

  async #read(seen) {
    this.#request?.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    if (!session.value) {
      return;
    }
    try {
      this.paths = (await readAll(readerPath('/paths'), { seen }, { signal })).items;
      this.problem = null;
    } catch (failure) {
      if (!signal.aborted) {
        this.problem = failure;
      }
    }
  }
}

function nextGate({ gates }) {
  const open = gates.filter(({ state }) => state === 'open');
  if (open.length === 0) {
    const isDone = gates.every(({ state }) => state === 'passed' || state === 'waived');
    return html`
      <span class=${isDone ? 'state-good' : 'quiet'}>${t(isDone ? 'home.pathDone' : 'home.pathClosed')}</span>`;
  }
  const { rule, steps } = open[0];
  const finished = steps.filter((step) => step.finished).length;
  const needed = rule.type === 'any' ? rule.count : steps.length;
  const words = rule.type === 'any' ? t('home.ruleAny', { needed, count: steps.length })
    : t('home.ruleAll', { count: steps.length });
  return html`
    <span><span dir="auto">${t('home.nextGate', { gate: list(open.map(({ title }) => title)) })}</span>
      <span class="quiet small">${words} · ${t('home.gateProgress', { finished, needed })}</span></span>`;
}

customElements.define('lectern-my-paths', MyPaths);
