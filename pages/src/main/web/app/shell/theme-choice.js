// The choice between light and dark.

import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';
import { chooseTheme, theme, THEMES } from './theme.js';

class ThemeChoice extends PageElement {
  constructor() {
    super();
    this.watch(theme);
  }

  render() {
    return html`
      <label class="theme-choice">${t('shell.theme')}
        <select @change=${({ target }) => chooseTheme(target.value)}>
          ${THEMES.map((name) => html`
            <option value=${name} ?selected=${theme.value === name}>${t(`shell.themes.${name}`)}</option>`)}
        </select>
      </label>`;
  }
}

customElements.define('lectern-theme-choice', ThemeChoice);
