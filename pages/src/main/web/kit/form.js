// Forms: fields that say what is wrong with them, and one sending at a time.

import { html, nothing } from 'lit';

import { ProblemError } from './api.js';

/**
 * Sends the form of an element, one request at a time, and keeps what was refused. A reactive controller of Lit:
 * the element renders again when the sending begins and when it ends.
 */
export class FormController {
  #host;

  /** True while the form is being sent. */
  sending = false;

  /** The ProblemError of the last sending, or null. */
  problem = null;

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    this.problem = null;
  }

  /** What is wrong with the member of the content that a JSON pointer names, or undefined. */
  fault(pointer) {
    return this.problem?.faults.get(pointer);
  }

  /** The problem, unless all of it is said at the fields with these JSON pointers; else null. */
  rest(...pointers) {
    const faults = this.problem?.faults;
    const isSaid = faults?.size && [...faults.keys()].every((pointer) => pointers.includes(pointer));
    return isSaid ? null : this.problem;
  }

  /**
   * Calls the action with the values of the form and returns true if it succeeded. A second call meanwhile does
   * nothing. After a refusal the first field that is wrong has the focus.
   */
  async send(event, action) {
    event.preventDefault();
    if (this.sending) {
      return false;
    }
    const form = event.currentTarget;
    this.#update(true, null);
    try {
      await action(Object.fromEntries(new FormData(form)));
      this.#update(false, null);
      return true;
    } catch (failure) {
      this.#update(false, failure instanceof ProblemError ? failure : null);
      if (!(failure instanceof ProblemError)) {
        throw failure;
      }
      await this.#host.updateComplete;
      form.querySelector('[aria-invalid=true]')?.focus();
      return false;
    }
  }

  #update(sending, problem) {
    this.sending = sending;
    this.problem = problem;
    this.#host.requestUpdate();
  }
}

/** Refuses values before they are sent, in the form in which the server would: faults by JSON pointer. */
export function refuseIf(faults) {
  const errors = Object.entries(faults).filter(([, detail]) => detail)
    .map(([pointer, detail]) => ({ pointer, detail }));
  if (errors.length > 0) {
    throw new ProblemError(422, { type: '/problems/invalid', detail: errors[0].detail, errors });
  }
}

/**
 * A labelled field of one line, or of several with `rows`, or a choice with `options` (`[value, text]`). `hint`
 * says what is expected and `fault` what is wrong; both are read with the field. `plain` is for names that are no
 * words: no capitals, no spelling. `value` sets the default, and what has been typed is not overwritten; a field
 * that `follows` always has the value, so that `changed` must keep what is typed.
 */
export function field(options) {
  const { id, label, hint, fault } = options;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${controlOf({ autocomplete: 'off', name: id, type: 'text', value: '', ...options,
        notes: notesOf(id, hint, fault) })}
      ${hint ? html`<p class="quiet small" id="${id}-hint">${hint}</p>` : nothing}
      ${fault ? html`<p class="fault" id="${id}-fault"><span aria-hidden="true">✕ </span>${fault}</p>` : nothing}
    </div>`;
}

function notesOf(id, hint, fault) {
  return [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || nothing;
}

function controlOf(options) {
  const { id, name, type, value, follows, fault, notes, autocomplete, plain, lang } = options;
  const invalid = fault ? 'true' : nothing;
  const changed = options.changed ?? nothing;
  if (options.options) {
    return html`
      <select id=${id} name=${name} aria-invalid=${invalid} aria-describedby=${notes} @change=${changed}>
        ${options.options.map(([key, text]) => html`
          <option value=${key} .selected=${key === value}>${text}</option>`)}
      </select>`;
  }
  const spellcheck = plain ? 'false' : nothing;
  const maxlength = options.maxlength ?? nothing;
  if (options.rows) {
    return follows
      ? html`
      <textarea id=${id} name=${name} rows=${options.rows} dir="auto" lang=${lang ?? nothing} aria-invalid=${invalid}
        aria-describedby=${notes} maxlength=${maxlength} spellcheck=${spellcheck} @input=${changed}
        .value=${value}></textarea>`
      : html`
      <textarea id=${id} name=${name} rows=${options.rows} dir="auto" lang=${lang ?? nothing} aria-invalid=${invalid}
        aria-describedby=${notes} maxlength=${maxlength} spellcheck=${spellcheck} @input=${changed}
        .defaultValue=${value}></textarea>`;
  }
  const capitals = plain ? 'none' : nothing;
  return follows
    ? html`
      <input id=${id} name=${name} type=${type} .value=${value} dir="auto" lang=${lang ?? nothing}
        autocomplete=${autocomplete} autocapitalize=${capitals} spellcheck=${spellcheck} maxlength=${maxlength}
        aria-invalid=${invalid} aria-describedby=${notes} @input=${changed}>`
    : html`
      <input id=${id} name=${name} type=${type} value=${value} dir="auto" lang=${lang ?? nothing}
        autocomplete=${autocomplete} autocapitalize=${capitals} spellcheck=${spellcheck} maxlength=${maxlength}
        aria-invalid=${invalid} aria-describedby=${notes} @input=${changed}>`;
}
