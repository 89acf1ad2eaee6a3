// All texts of the pages, by the part of the pages that shows them.

export const english = {
  shell: {
    name: 'Lectern',
    title: '{page} · Lectern',
    skip: 'Skip to the page',
    navigation: 'Main',
    library: 'Library',
    paths: 'Paths',
    now: 'Now',
    reading: 'My reading',
    operations: 'Operations',
    curate: 'Curate',
    signIn: 'Sign in',
    api: 'API',
    docs: 'Documentation',
    problems: 'Problems',
    theme: 'Colours',
    themes: {
      system: 'As the system',
      light: 'Light',
      dark: 'Dark',
    },
    waiting: 'Loading …',
    notFoundTitle: 'There is no such page',
    notFound: 'There is no page at {address}. The address may be mistyped, or the page may have moved.',
    toLibrary: 'Go to the library',
    notLoaded: 'This page could not be loaded. Check the connection, then load it again.',
    failed: 'This did not work',
    noAnswer: 'There was no answer',
    noAnswerHelp: 'The service or the network is away. Nothing was lost; try again in a moment.',
    retry: 'Try again',
    retryAfter: {
      one: 'Try again in {count} second.',
      other: 'Try again in {count} seconds.',
    },
    whatToDo: 'What this means',
    requestId: 'Request {id}',
  },
  live: {
  },
  outbox: {
  },
  library: {
    pageTitle: 'Library',
  },
  book: {
    pageTitle: 'Book',
  },
  reading: {
  },
  timeline: {
  },
  account: {
  },
  home: {
  },
  path: {
  },
  now: {
  },
};
