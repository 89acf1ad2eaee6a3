// Who is signed in. Placeholder of the shell: nobody. The owner of the session replaces the whole file.

import { Store } from './store.js';

export const session = new Store(null);

export const signedOutElsewhere = new Store(false);

export async function resumeSession() {
}

export const hasRole = (role) => session.value?.roles.has(role) ?? false;

export const readerPath = (rest) => `/readers/${session.value.reader}${rest}`;
