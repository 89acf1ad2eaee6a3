// Name, policy and time zone.

import { html, nothing } from 'lit';

import '../../kit/conflict.js';
import { read, request } from '../../kit/api.js';
import { conflictsOf, mergePatch } from '../../kit/conflict.js';
import { PageElement } from '../../kit/element.js';
import { FormController, field } from '../../kit/form.js';
import { readerPath } from '../../kit/session.js';
import { t } from '../../kit/words.js';

const MEMBERS = ['name', 'policy', 'zone'];

/** Changes the profile that was read, and nothing that was changed elsewhere meanwhile. */
class ProfileForm extends PageElement {
  static properties = {
    profile: { attribute: false },
    etag: { attribute: false },
    isSaved: { state: true },
    conflict: { state: true },
  };

  #form = new FormController(this);

  render() {
    const { name, policy, zone } = this.profile;
    const form = this.#form;
    return html`
      <section class="card" aria-labelledby="profile-title">
        <h2 id="profile-title">${t('account.profile')}</h2>
        ${this.conflict ? html`
          <lectern-conflict .members=${this.#clashing()} @resolved=${this.#resolve}></lectern-conflict>` : nothing}
        <form class="stack" novalidate ?hidden=${!!this.conflict} @input=${() => (this.isSaved = false)}
            @submit=${(event) => form.send(event, (values) => this.#save(values))}>
          ${field({ id: 'name', label: t('account.name'), value: name, autocomplete: 'nickname', maxlength: 100,
            hint: t('account.nameHint'), fault: form.fault('/name') })}
          ${this.#policies(policy)}
          ${field({ id: 'zone', label: t('account.zone'), value: zone ?? '', hint: t('account.zoneHint'),
            fault: form.fault('/zone'), options: zonesWith(zone) })}
          ${form.rest('/name', '/policy', '/zone')
            ? html`<lectern-problem .problem=${form.problem}></lectern-problem>` : nothing}
          <p class="actions">
            <button class="button-main" aria-disabled=${form.sending ? 'true' : nothing}>${t('account.save')}</button>
            <span role="status">${this.isSaved ? t('account.saved') : ''}</span>
          </p>
        </form>
      </section>`;
  }

  #policies(policy) {
    return html`
      <fieldset>
        <legend>${t('account.policy')}</legend>
        ${['latest', 'furthest'].map((value) => html`
          <label class="choice">
            <input type="radio" name="policy" value=${value} ?checked=${value === policy}>
            <span><strong>${t(`account.${value}`)}</strong> ${t(`account.${value}Explanation`)}</span>
          </label>`)}
      </fieldset>`;
  }

  async #save(values) {
    const mine = { ...values, zone: values.zone || undefined };
    const content = mergePatch(this.profile, mine, MEMBERS);
    try {
      await this.#send(content, this.etag);
    } catch (failure) {
      if (failure.status !== 412) {
        throw failure;
      }
      const { body, etag } = await read(readerPath(''));
      const conflicts = conflictsOf(this.profile, body, mine, MEMBERS);
      if (conflicts.taken.length + conflicts.clashes.length === 0) {
        await this.#send(content, etag);
      } else {
        this.conflict = { mine, theirs: body, etag, ...conflicts };
      }
    }
  }

  async #send(content, ifMatch) {
    const { body, etag } = await request('PATCH', readerPath(''), { content, ifMatch });
    this.#accept(body, etag);
    this.isSaved = true;
  }

  #accept(profile, etag) {
    this.profile = profile;
    this.etag = etag;
    this.dispatchEvent(new CustomEvent('account-changed', { bubbles: true, detail: { profile, etag } }));
  }

  #clashing() {
    const { theirs, mine, taken, clashes } = this.conflict;
    const words = (name, value) => (name === 'policy' ? t(`account.${value}`) : value);
    return [...clashes, ...taken].map((name) => ({
      name,
      label: t(`account.${name}`),
      theirs: words(name, theirs[name]),
      mine: words(name, mine[name]),
      clash: clashes.includes(name),
    }));
  }

  /** Takes the present profile, and puts into the form what the reader wants to be otherwise. */
  async #resolve({ detail: own }) {
    const { theirs, etag, mine, taken, clashes } = this.conflict;
    this.conflict = null;
    this.#accept(theirs, etag);
    await this.updateComplete;
    const form = this.querySelector('form');
    const isTheirs = (name) => taken.includes(name) || (clashes.includes(name) && !own.has(name));
    for (const name of MEMBERS) {
      form.elements[name].value = (isTheirs(name) ? theirs[name] : mine[name]) ?? '';
    }
    form.requestSubmit();
  }
}

function zonesWith(zone) {
  const names = new Set([...(zone ? [zone] : []), 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [['', t('account.noZone')], ...[...names].map((name) => [name, name.replaceAll('_', ' ')])];
}

customElements.define('lectern-profile-form', ProfileForm);
