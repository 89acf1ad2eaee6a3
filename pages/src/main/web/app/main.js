// The start of the pages: language and theme of the document, the shell, the session, the first route.

import { textLanguage, locale } from '../kit/words.js';
import { hasRole, resumeSession, session } from '../kit/session.js';
import { refreshRoute, startRouter } from '../kit/router.js';
import { routes } from './routes.js';
import { applyTheme } from './shell/theme.js';
import './shell/shell.js';

applyTheme();
document.documentElement.lang = textLanguage();
document.documentElement.dir = (locale.getTextInfo?.() ?? locale.textInfo)?.direction ?? 'ltr';

const resumed = resumeSession();
resumed.finally(() => document.querySelector('lectern-shell').sessionKnown = true);

// Of some addresses only the session says which page is there.
if (needsSession(location.pathname)) {
  await resumed;
}
startRouter(routes, isForReader);
session.subscribe(refreshRoute);

function isForReader(entry) {
  return entry.built !== false && (!entry.role || session.value === null || hasRole(entry.role))
    && (!entry.signedIn || session.value !== null || !hasPublicPage(entry.path));
}

function hasPublicPage(path) {
  return routes.some((entry) => entry.path === path && !entry.signedIn);
}

function needsSession(path) {
  return routes.some((entry) => entry.built !== false && (entry.signedIn || entry.role)
    && (path === entry.path || (entry.path !== '/' && path.startsWith(entry.path.replace(/\{.*/, '')))));
}
