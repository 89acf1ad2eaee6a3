// By when the reader wants to finish.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { dateText, instantOfWall, instantText, parseInstant } from '../../kit/calendar.js';
import { percent } from '../../kit/format.js';
import { sendCommand } from '../../kit/outbox.js';
import { t } from '../../kit/words.js';
import '../shell/problem.js';

const DAY_OF_PLAN = 86_400_000;

/** Properties: `model`, a ReadingModel, and its `reading`; `plan` as the forecast compares it; `zone`. */
class PlanForm extends PageElement {
  static properties = {
    model: { attribute: false }, reading: { attribute: false }, plan: { attribute: false }, zone: {},
    problem: { state: true },
  };

  render() {
    const finishBy = this.reading.plan?.finishBy;
    // A plan for a day means its end, so it is shown as the day before that midnight.
    const date = finishBy ? dateText(parseInstant(finishBy) - 1, this.zone) : '';
    return html`
      <form class="plan-form actions" @submit=${this.#setPlan}>
        <label for="plan-date">${t('timeline.plan.label')}</label>
        <input id="plan-date" name="date" type="date" .value=${date} min=${dateText(Date.now(), this.zone)} required>
        <button>${finishBy ? t('timeline.plan.change') : t('timeline.plan.set')}</button>
        ${finishBy ? html`
          <button type="button" class="button-quiet" @click=${this.#removePlan}>${t('timeline.plan.remove')}</button>`
          : nothing}
        ${finishBy ? this.#outlook() : nothing}
      </form>
      <lectern-problem .problem=${this.problem}></lectern-problem>`;
  }

  /** Whether the plan will hold. */
  #outlook() {
    const { onTime, probability } = this.plan ?? {};
    if (onTime === undefined) {
      return nothing;
    }
    const words = t(onTime ? 'timeline.plan.onTime' : 'timeline.plan.late');
    const chance = probability === undefined ? '' : t('timeline.plan.chance', { chance: percent(probability) });
    return html`
      <span class=${onTime ? 'state-good' : 'state-bad'}>
        <span aria-hidden="true">${onTime ? '✓' : '!'}</span> ${words} ${chance}</span>`;
  }

  #setPlan(event) {
    event.preventDefault();
    const date = new FormData(event.target).get('date');
    const finishBy = instantText(instantOfWall(Date.parse(`${date}T00:00:00Z`) + DAY_OF_PLAN, this.zone));
    this.#send({ type: 'plan', finishBy });
  }

  #removePlan() {
    this.#send({ type: 'remove-plan' });
    this.querySelector('#plan-date').focus();
  }

  async #send(command) {
    this.problem = null;
    try {
      const { reading } = await sendCommand({ ...command, reading: this.reading.id });
      this.model.apply(reading);
    } catch (failure) {
      this.problem = failure;
    }
  }
}

customElements.define('lectern-plan-form', PlanForm);
