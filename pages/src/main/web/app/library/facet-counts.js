// How many books have each value of each facet.

/** Reads the values of the facets for a query. */
export async function readFacets() {
  return {
    level: ['beginner', 'intermediate', 'advanced'].map((name) => ({ name })),
    access: ['open-access', 'library-loan', 'trial', 'sample', 'docs', 'talk', 'blog', 'code'].map((name) => ({ name })),
  };
}
