// All texts of the pages, by the part of the pages that shows them.

export const english = {
  shell: {
  },
  live: {
  },
  outbox: {
  },
  library: {
  },
  book: {
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
