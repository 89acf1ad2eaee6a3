// The colours that the reader has chosen: light, dark, or those of the system.

import { Store } from '../../kit/store.js';

export const THEMES = ['system', 'light', 'dark'];

const THEME_KEY = 'theme';

export const theme = new Store(keptTheme());

/** Sets the theme and keeps it in this browser. */
export function chooseTheme(name) {
  theme.set(name);
  applyTheme();
  try {
    localStorage.setItem(THEME_KEY, name);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Shows the chosen theme, and follows a choice in another tab. */
export function applyTheme() {
  if (theme.value === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme.value;
  }
}

addEventListener('storage', ({ key }) => {
  if (key === THEME_KEY) {
    theme.set(keptTheme());
    applyTheme();
  }
});

function keptTheme() {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    return THEMES.includes(kept) ? kept : 'system';
  } catch {
    return 'system';
  }
}
