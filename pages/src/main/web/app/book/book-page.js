// A book: how to read it, what it is about, and how far I am with it.

import { html, nothing } from 'lit';
import { announce } from '../../kit/announce.js';
import { read } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { follow } from '../../kit/live.js';
import { link, navigate } from '../../kit/router.js';
import { hasRole, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { languageName, levelName } from '../library/book-words.js';
import '../shell/api-view.js';
import './book-paths.js';
import './book-readings.js';
import './editions.js';
import './free-ways-list.js';
import './start-reading.js';

/** The id of the book that was asked for, by the id of the one that it has become. */
const mergedFrom = new Map();

class BookPage extends PageElement {
  static properties = {
    route: { attribute: false },
    book: { state: true },
    problem: { state: true },
    isRemoved: { state: true },
    latestEvent: { state: true },
  };

  #subscription = null;

  constructor() {
    super();
    this.watch(session);
    this.book = null;
    this.problem = null;
    this.isRemoved = false;
    this.latestEvent = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#subscription = follow('catalog', {
      event: (event) => event.book === this.#id && this.#apply(event),
      reset: () => this.#read(),
    });
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#subscription.close();
  }

  get #id() {
    return this.route.parameters.id;
  }

  render() {
    if (this.problem) {
      return this.problem.status === 404 ? this.#notFound() : html`
        <h1>${t('book.pageTitle')}</h1>
        <lectern-problem .problem=${this.problem} .retry=${() => this.#read()}></lectern-problem>`;
    }
    return this.book ? this.#page() : html`<lectern-waiting></lectern-waiting>`;
  }

  async #open() {
    await this.#read();
    const seen = await this.#subscription.ready;
    const isWhole = seen !== undefined && seen === this.cursor;
    this.#subscription.start();
    if (!isWhole && this.book && this.isConnected) {
      await this.#read();
    }
  }

  async #read() {
    try {
      const { body, cursor } = await read(`/books/${encodeURIComponent(this.#id)}`);
      if (body.id !== this.#id) {
        mergedFrom.set(body.id, this.#id);
        navigate(`/books/${body.id}`, { replace: true });
        return;
      }
      this.cursor = cursor;
      this.problem = null;
      this.#show(body);
    } catch (failure) {
      if (failure.status === 404 && this.book) {
        this.isRemoved = true;
      } else if (!this.book) {
        this.problem = failure;
      }
    }
  }

  #apply(event) {
    const { type, data } = event;
    this.latestEvent = event;
    if (type === 'book-removed') {
      this.isRemoved = true;
      announce(t('book.removed'));
    } else if (data.title) {
      this.#show(data);
    } else {
      // A merge, or something that a newer release tells.
      this.#read();
    }
  }

  #show(book) {
    if (!(this.book?.version > book.version)) {
      this.book = book;
      this.dispatchEvent(new CustomEvent('page-title', { bubbles: true, detail: book.title }));
    }
  }

  #notFound() {
    return html`
      <lectern-not-found .heading=${t('book.notFoundTitle')} .text=${this.problem.message}></lectern-not-found>`;
  }

  #page() {
    const { id, title, language, summary, whyItMatters } = this.book;
    const name = html`<span lang=${language ?? nothing} dir="auto">${title}</span>`;
    return html`
      ${mergedFrom.has(id)
        ? html`<p class="notice">${t('book.mergedFrom', { book: mergedFrom.get(id) })}</p>`
        : nothing}
      ${this.isRemoved ? html`<p class="notice">✕ ${t('book.removed')}</p>` : nothing}
      <div class="book-head">
        <h1>${this.isRemoved ? html`<del>${name}</del>` : name}</h1>
        ${this.#otherTitles()} ${this.#authors()} ${this.#tags()}
        ${hasRole('curator') ? html`<p><a href=${link(`/curate/books/${id}`)}>${t('curate.edit')}</a></p>` : nothing}
      </div>
      <div class="book">
        <div class="book-text">
          <lectern-start-reading .book=${this.book} .isRemoved=${this.isRemoved}></lectern-start-reading>
          <lectern-free-ways-list .ways=${this.book.freeAccess}></lectern-free-ways-list>
          ${this.#text('book.summary', summary)} ${this.#text('book.whyItMatters', whyItMatters)} ${this.#keyPoints()}
        </div>
        <div class="book-side">
          <lectern-editions .editions=${this.book.editions}></lectern-editions>
          <lectern-book-paths .book=${id}></lectern-book-paths>
          <lectern-book-readings .book=${id}></lectern-book-readings>
        </div>
      </div>
      <lectern-api-view .path=${`/books/${id}`} .event=${this.latestEvent} isPublic></lectern-api-view>`;
  }

  #otherTitles() {
    const { otherTitles } = this.book;
    return otherTitles.length === 0 ? nothing : html`
      <p class="quiet">${t('book.otherTitles')}
        ${otherTitles.map((title, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${title}</bdi>`)}</p>`;
  }

  #authors() {
    const { authors } = this.book;
    return authors.length === 0 ? nothing : html`
      <p>${t('book.by')} ${authors.map((author, index) => html`${index > 0 ? ', ' : nothing}<a
        href=${link(`/books?author=${encodeURIComponent(author)}`)}><bdi>${author}</bdi></a>`)}</p>`;
  }

  #text(name, text) {
    return text
      ? html`<h2>${t(name)}</h2><p lang=${this.book.language ?? nothing} dir="auto">${text}</p>`
      : nothing;
  }

  #keyPoints() {
    const { keyPoints, language } = this.book;
    return keyPoints.length === 0 ? nothing : html`
      <h2>${t('book.keyPoints')}</h2>
      <ul class="book-points" lang=${language ?? nothing}>
        ${keyPoints.map((point) => html`<li dir="auto">${point}</li>`)}
      </ul>`;
  }

  #tags() {
    const { level, language, topics } = this.book;
    return html`
      <ul class="book-tags plain-list">
        ${level ? html`<li class="tag">${levelName(level)}</li>` : nothing}
        ${language ? html`<li class="tag">${languageName(language)}</li>` : nothing}
        ${topics.map((topic) => html`
          <li><a class="tag" href=${link(`/books?topic=${encodeURIComponent(topic)}`)}><bdi>${topic}</bdi></a></li>`)}
      </ul>`;
  }
}

customElements.define('lectern-book-page', BookPage);
