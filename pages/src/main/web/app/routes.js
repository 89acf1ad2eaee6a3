// All addresses of the pages. The first entry that is for the reader counts.

/**
 * `signedIn`: only for signed-in readers; others are sent to sign in, or get the next entry of the same path.
 * `role`: only for readers with this role. `title`: the name of the text that is the title until the page has its own.
 * `built: false`: the page does not exist yet, so that nothing links to it. Who adds the page removes this member.
 */
export const routes = [
  {
    path: '/',
    load: () => import('./home/home-page.js'),
    element: 'lectern-home-page',
    title: 'home.pageTitle',
    signedIn: true,
  },
  {
    path: '/',
    load: () => import('./library/library-page.js'),
    element: 'lectern-library-page',
    title: 'library.pageTitle',
  },
  {
    path: '/books',
    load: () => import('./library/library-page.js'),
    element: 'lectern-library-page',
    title: 'library.pageTitle',
  },
  {
    path: '/books/{id}',
    load: () => import('./book/book-page.js'),
    element: 'lectern-book-page',
    title: 'book.pageTitle',
  },
  {
    path: '/paths',
    load: () => import('./path/paths-page.js'),
    element: 'lectern-paths-page',
    title: 'path.listTitle',
  },
  {
    path: '/paths/{id}',
    load: () => import('./path/path-page.js'),
    element: 'lectern-path-page',
    title: 'path.pageTitle',
  },
  {
    path: '/now',
    load: () => import('./now/now-page.js'),
    element: 'lectern-now-page',
    title: 'now.pageTitle',
  },
  {
    path: '/me',
    load: () => import('./home/home-page.js'),
    element: 'lectern-home-page',
    title: 'home.pageTitle',
    signedIn: true,
  },
  {
    path: '/me/readings/{id}',
    load: () => import('./reading/reading-page.js'),
    element: 'lectern-reading-page',
    title: 'reading.pageTitle',
    signedIn: true,
  },
  {
    path: '/me/year',
    load: () => import('./reading/year-page.js'),
    element: 'lectern-year-page',
    title: 'year.pageTitle',
    signedIn: true,
  },
  {
    path: '/me/account',
    load: () => import('./account/account-page.js'),
    element: 'lectern-account-page',
    title: 'account.title',
    signedIn: true,
  },
  {
    path: '/sign-in',
    load: () => import('./account/sign-in-page.js'),
    element: 'lectern-sign-in-page',
    title: 'signIn.title',
  },
  {
    path: '/operations',
    load: () => import('./operations/operations-page.js'),
    element: 'lectern-operations-page',
    title: 'operations.title',
    signedIn: true,
    role: 'operator',
  },
  {
    path: '/curate/books/{id}',
    load: () => import('./curate/book-form-page.js'),
    element: 'lectern-book-form-page',
    title: 'curate.bookTitle',
    signedIn: true,
    role: 'curator',
  },
  {
    path: '/curate/imports',
    load: () => import('./curate/imports-page.js'),
    element: 'lectern-imports-page',
    title: 'curate.importsTitle',
    signedIn: true,
    role: 'curator',
  },
];
