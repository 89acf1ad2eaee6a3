// A new password.

import { html, nothing } from 'lit';

import { read } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { FormController, field, refuseIf } from '../../kit/form.js';
import { changePassword, readerPath, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** Replaces the password, which ends all sessions, and signs in again here. */
class PasswordForm extends PageElement {
  static properties = { etag: { attribute: false }, isChanged: { state: true } };

  #form = new FormController(this);

  render() {
    const form = this.#form;
    const wrong = form.problem?.type === 'current-password-refused' ? t('account.wrongPassword') : null;
    return html`
      <section class="card" aria-labelledby="password-title">
        <h2 id="password-title">${t('account.password')}</h2>
        <p>${t('account.passwordExplanation')}</p>
        <form class="stack" novalidate @submit=${(event) => this.#submit(event)}>
          <!-- For password managers. -->
          <input class="visually-hidden" autocomplete="username" name="reader" tabindex="-1" aria-hidden="true" readonly
            value=${session.value?.reader ?? ''}>
          ${field({ id: 'current-password', label: t('account.currentPassword'), type: 'password',
            autocomplete: 'current-password', maxlength: 200, fault: wrong ?? form.fault('/currentPassword') })}
          ${field({ id: 'new-password', label: t('account.newPassword'), type: 'password', autocomplete: 'new-password',
            maxlength: 200, hint: t('signIn.passwordHint'), fault: form.fault('/password') })}
          ${form.rest('/password', '/currentPassword') && !wrong
            ? html`<lectern-problem .problem=${form.problem}></lectern-problem>` : nothing}
          <p class="actions">
            <button aria-disabled=${form.sending ? 'true' : nothing}>${t('account.changePassword')}</button>
            <span role="status">${this.isChanged ? t('account.passwordChanged') : ''}</span>
          </p>
        </form>
      </section>`;
  }

  async #submit(event) {
    const form = event.currentTarget;
    this.isChanged = false;
    this.isChanged = await this.#form.send(event, (values) => this.#change(values));
    if (this.isChanged) {
      form.reset();
    }
  }

  async #change(values) {
    const [currentPassword, password] = [values['current-password'], values['new-password']];
    refuseIf({
      '/currentPassword': currentPassword ? null : t('signIn.passwordMissing'),
      '/password': password ? null : t('signIn.passwordMissing'),
    });
    await changePassword(currentPassword, password);
    const { body, etag } = await read(readerPath(''));
    this.dispatchEvent(new CustomEvent('account-changed', { bubbles: true, detail: { profile: body, etag } }));
  }
}

customElements.define('lectern-password-form', PasswordForm);
