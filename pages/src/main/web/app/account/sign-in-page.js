// Sign in, or register.

import { html, nothing } from 'lit';

import { PageElement } from '../../kit/element.js';
import { FormController, field, refuseIf } from '../../kit/form.js';
import { time } from '../../kit/format.js';
import { link, navigate } from '../../kit/router.js';
import { register, session, signIn, signedOutElsewhere } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** Returns the address to go to after signing in: a path of this origin, whatever the query says. */
export function addressAfterSignIn(next) {
  const target = URL.canParse(next ?? '', location.origin) ? new URL(next ?? '/', location.origin) : null;
  const isOwn = target?.origin === location.origin && /^\/(?![/\\])/.test(next ?? '');
  return isOwn && target.pathname !== '/sign-in' ? target.pathname + target.search + target.hash : '/';
}

/** The page at `/sign-in?next=`; with `?as=new` it registers. */
class SignInPage extends PageElement {
  static properties = { route: { attribute: false }, showsPassword: { state: true }, hasCapsLock: { state: true } };

  #form = new FormController(this);

  constructor() {
    super();
    this.watch(session, signedOutElsewhere);
  }

  get #isNew() {
    return this.route.query.get('as') === 'new';
  }

  willUpdate(changes) {
    if (changes.has('route')) {
      this.#form.problem = null;
      const detail = t(this.#isNew ? 'signIn.register' : 'signIn.title');
      this.dispatchEvent(new CustomEvent('page-title', { bubbles: true, detail }));
    }
    if (session.value && !this.#form.sending) {
      navigate(addressAfterSignIn(this.route.query.get('next')), { replace: true });
    }
  }

  render() {
    const isNew = this.#isNew;
    const form = this.#form;
    return html`
      <article class="sign-in">
        <h1 tabindex="-1">${t(isNew ? 'signIn.register' : 'signIn.title')}</h1>
        ${signedOutElsewhere.value ? html`<p class="note">${t('signIn.endedElsewhere')}</p>` : nothing}
        <form class="stack" novalidate @submit=${(event) => form.send(event, (values) => this.#send(values))}>
          ${field({ id: 'reader', label: t('signIn.handle'), plain: true, autocomplete: 'username', maxlength: 60,
            hint: isNew ? t('signIn.handleHint') : null, fault: form.fault('/reader') })}
          ${isNew ? field({ id: 'name', label: t('signIn.name'), autocomplete: 'nickname', maxlength: 100,
            hint: t('signIn.nameHint'), fault: form.fault('/name') }) : nothing}
          ${this.#password(isNew)}
          ${this.#problem()}
          <p class="actions">
            <button class="button-main" aria-disabled=${form.sending ? 'true' : nothing}>
              ${t(form.sending ? 'signIn.sending' : isNew ? 'signIn.register' : 'signIn.title')}
            </button>
          </p>
        </form>
        <p>${t(isNew ? 'signIn.haveAccount' : 'signIn.noAccount')}
          <a href=${this.#otherAddress()}>${t(isNew ? 'signIn.title' : 'signIn.register')}</a></p>
      </article>`;
  }

  #password(isNew) {
    return html`
      <div @keydown=${this.#noticeCapsLock} @keyup=${this.#noticeCapsLock}>
        ${field({ id: 'password', label: t('signIn.password'), type: this.showsPassword ? 'text' : 'password',
          plain: true, autocomplete: isNew ? 'new-password' : 'current-password', maxlength: 200,
          hint: isNew ? t('signIn.passwordHint') : null, fault: this.#form.fault('/password') })}
        <p class="quiet small" role="status">${this.hasCapsLock ? t('signIn.capsLock') : ''}</p>
        <label class="choice">
          <input type="checkbox" .checked=${!!this.showsPassword}
            @change=${(event) => (this.showsPassword = event.target.checked)}>
          <span>${t('signIn.showPassword')}</span>
        </label>
      </div>`;
  }

  #problem() {
    const problem = this.#form.rest('/reader', '/name', '/password');
    if (!problem) {
      return nothing;
    }
    const text = {
      'sign-in-refused': () => t('signIn.refused'),
      'handle-taken': () => t('signIn.taken'),
      'registration-closed': () => t('signIn.closed'),
      'sign-in-elsewhere': () => t('signIn.elsewhere'),
      'too-many-attempts': () => t('signIn.tooMany', { time: time(Date.now() + (problem.retryAfter ?? 60) * 1000) }),
    }[problem.type];
    return text
      ? html`<p class="fault" role="alert"><span aria-hidden="true">✕ </span>${text()}</p>`
      : html`<lectern-problem .problem=${problem}></lectern-problem>`;
  }

  async #send({ reader, name, password }) {
    if (this.#isNew) {
      await register(reader, name, password);
      return;
    }
    refuseIf({
      '/reader': reader.trim() ? null : t('signIn.handleMissing'),
      '/password': password ? null : t('signIn.passwordMissing'),
    });
    await signIn(reader, password);
  }

  #noticeCapsLock(event) {
    this.hasCapsLock = event.getModifierState?.('CapsLock') ?? false;
  }

  #otherAddress() {
    const query = new URLSearchParams(this.route.query);
    if (this.#isNew) {
      query.delete('as');
    } else {
      query.set('as', 'new');
    }
    return link(`/sign-in${query.size ? `?${query}` : ''}`);
  }
}

customElements.define('lectern-sign-in-page', SignInPage);
