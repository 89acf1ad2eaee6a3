// Edits a book of the catalog.

import { html, nothing } from 'lit';

import './remove-book.js';
import '../../kit/conflict.js';
import { read, request } from '../../kit/api.js';
import { conflictsOf, mergePatch } from '../../kit/conflict.js';
import { PageElement } from '../../kit/element.js';
import { FormController, refuseIf } from '../../kit/form.js';
import { follow } from '../../kit/live.js';
import { link } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { BOOK_MEMBERS, bookOf, draftOf, memberText } from './book-draft.js';
import { bookFields, isAtField } from './book-fields.js';

/** The page at `/curate/books/{id}`, for curators. It changes the version that was read, and no other. */
class BookFormPage extends PageElement {
  static properties = {
    route: { attribute: false },
    base: { state: true },
    notice: { state: true },
    isOutdated: { state: true },
    isGone: { state: true },
    conflict: { state: true },
    problem: { state: true },
  };

  #form = new FormController(this);
  #draft;
  #etag;
  #subscription;

  get #path() {
    return `/books/${encodeURIComponent(this.route.parameters.id)}`;
  }

  willUpdate(changes) {
    if (changes.has('route') && changes.get('route')?.path !== this.route.path) {
      this.#open();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#subscription?.close();
  }

  render() {
    return html`
      <h1 tabindex="-1">${t('curate.bookTitle')}</h1>
      ${this.problem ? html`<lectern-problem .problem=${this.problem}></lectern-problem>` : nothing}
      ${this.base ? this.#editor() : this.problem ? nothing : html`<lectern-waiting></lectern-waiting>`}`;
  }

  #editor() {
    const form = this.#form;
    const rest = form.problem && !form.problem.faults.size ? form.problem : this.#faultsElsewhere();
    return html`
      <p class="quiet small">${t('curate.version', { version: this.base.version })}
        <a href=${link(this.#path)}>${t('curate.toBook')}</a></p>
      ${(this.isOutdated || this.isGone) && !this.conflict ? html`
        <p class="note" role="status">${t(this.isGone ? 'curate.gone' : 'curate.newer')}</p>` : nothing}
      ${this.conflict ? html`
        <lectern-conflict .members=${this.conflict.members} @resolved=${this.#resolve}></lectern-conflict>` : nothing}
      <form class="stack curate-book" novalidate ?hidden=${!!this.conflict}
          @submit=${(event) => form.send(event, () => this.#save())}>
        ${bookFields(this.#draft, {
          fault: (pointer) => form.fault(pointer), faults: form.problem?.faults ?? new Map(), lang: this.base.language,
          changed: () => (this.notice = null), redraw: () => this.requestUpdate() })}
        ${rest ? html`<lectern-problem .problem=${rest}></lectern-problem>` : nothing}
        <p class="actions">
          <button class="button-main" aria-disabled=${form.sending ? 'true' : nothing}>${t('curate.save')}</button>
          <span role="status">${this.notice ?? ''}</span>
        </p>
      </form>
      <lectern-remove-book .book=${this.base} .etag=${this.#etag} @outdated=${() => (this.isOutdated = true)}>
      </lectern-remove-book>`;
  }

  #faultsElsewhere() {
    const pointers = [...this.#form.problem?.faults.keys() ?? []];
    return pointers.every((pointer) => isAtField(pointer, this.#draft)) ? null : this.#form.problem;
  }

  async #open() {
    this.#subscription?.close();
    Object.assign(this, { base: null, conflict: null, problem: null, notice: null, isGone: false });
    const { id } = this.route.parameters;
    this.#subscription = follow('catalog', {
      event: ({ type, book, version }) => {
        if (book === id && this.base) {
          this.isGone ||= type === 'book-removed';
          this.isOutdated ||= version > this.base.version;
        }
      },
      reset: () => this.#check(),
    });
    const subscription = this.#subscription;
    try {
      await subscription.ready;
      this.#accept(await read(this.#path));
      subscription.start();
    } catch (failure) {
      this.problem = failure;
    }
  }

  /** After a gap in the stream: whether the version that is edited is still the latest. */
  async #check() {
    try {
      const { body } = await read(this.#path);
      this.isOutdated ||= body.version > this.base?.version;
    } catch (failure) {
      this.isGone ||= failure.status === 404;
    }
  }

  #accept({ body, etag }) {
    this.base = body;
    this.#etag = etag;
    this.#draft = draftOf(body);
    this.isOutdated = false;
    this.dispatchEvent(new CustomEvent('page-title', { bubbles: true, detail: `${t('curate.edit')}: ${body.title}` }));
  }

  async #save() {
    const mine = bookOf(this.#draft);
    refuseIf({ '/title': mine.title ? null : t('curate.titleMissing') });
    const content = mergePatch(this.base, mine, BOOK_MEMBERS);
    if (Object.keys(content).length === 0) {
      this.notice = t('curate.unchanged');
      return;
    }
    try {
      this.#accept(await request('PATCH', this.#path, { content, ifMatch: this.#etag }));
      this.notice = t('curate.saved', { version: this.base.version });
    } catch (failure) {
      if (failure.status !== 412) {
        throw failure;
      }
      await this.#compare(mine);
    }
  }

  async #compare(mine) {
    const present = await read(this.#path);
    const { taken, clashes } = conflictsOf(this.base, present.body, mine, BOOK_MEMBERS);
    const members = [...clashes, ...taken].map((name) => ({
      name,
      label: t(`curate.${name}`),
      theirs: memberText(present.body[name]),
      mine: memberText(mine[name]),
      clash: clashes.includes(name),
    }));
    this.conflict = { present, mine, members };
  }

  /** The present version, with what was changed here: where both changed, what the curator chose. */
  async #resolve({ detail: own }) {
    const { present, mine, members } = this.conflict;
    const isTheirs = (name) => members.some((member) => member.name === name) && !own.has(name);
    const source = (name) => (isTheirs(name) ? present.body : mine);
    const merged = Object.fromEntries(BOOK_MEMBERS.map((name) => [name, source(name)[name]]));
    this.conflict = null;
    this.#accept(present);
    this.#draft = draftOf(merged);
    await this.updateComplete;
    const form = this.querySelector('form');
    form.requestSubmit();
    form.querySelector('button.button-main').focus();
  }
}

customElements.define('lectern-book-form-page', BookFormPage);
