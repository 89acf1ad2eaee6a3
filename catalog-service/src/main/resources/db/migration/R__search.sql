-- Everything that searches and filters read (ADR 14), in the schema "search". All of it is derived from the table
-- book, so this file is edited in place: Flyway runs it again when it has changed, and it then drops the schema,
-- creates it again and fills it from the books, in one transaction.

set local client_min_messages = warning;
drop schema if exists search cascade;
create schema search;

-- Text without accents, trigrams for similar words, and the edit distance. The owner of a database may create these.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;

-- 1. Weights. A word counts by the best field of a book that it occurs in. All numbers of the ranking are here; the
-- queries of BooksByRank read them from these functions.

-- The label under which PostgreSQL stores that a word occurs in a field.
create function search.weight(field text) returns "char" immutable parallel safe language sql
return case field when 'title' then 'A' when 'author' then 'B' when 'topic' then 'C' when 'text' then 'D' end;

-- The labels from the best to the worst, as ts_filter takes them.
create function search.weights() returns "char"[] immutable parallel safe language sql
return '{a,b,c,d}'::"char"[];

-- What an occurrence adds to ts_rank, in the order of that function: text, topic, author, title.
create function search.rank_weights() returns real[] immutable parallel safe language sql
return '{0.05, 0.2, 0.5, 1}'::real[];

-- The scores of two neighbouring fields differ by this. A score is the better the lower it is.
create function search.score_step() returns integer immutable parallel safe language sql
return 64;

-- The score of a word in a book: its best field decides, then the number of words in the titles.
create function search.score(labels text[], title_words bigint) returns smallint immutable parallel safe language sql
return (case
        when search.weight('title')::text = any (labels) then 0
        when search.weight('author')::text = any (labels) then 1
        when search.weight('topic')::text = any (labels) then 2
        else 3 end * search.score_step()
    + least(title_words, search.score_step() - 1))::smallint;

-- The labels that give a score as good as this one or better, whatever the length of the titles.
create function search.weights_through(score integer) returns "char"[] immutable parallel safe language sql
return (search.weights())[1 : score / search.score_step() + 1];

-- The labels that give a better score than this one, whatever the length of the titles.
create function search.weights_before(score integer) returns "char"[] immutable parallel safe language sql
return (search.weights())[1 : score / search.score_step()];

-- 2. Words. A word is stored as its stem in the language of the book, without accents. There are no stop words,
-- because a book may have the title "It".

-- For languages without a stemmer, and for names, which are in no language.
create text search dictionary search.unstemmed (template = simple);
create text search configuration search.unstemmed (copy = simple);
alter text search configuration search.unstemmed
    alter mapping for word, hword, hword_part with public.unaccent, search.unstemmed;

-- A dictionary and a configuration for each language that PostgreSQL has a stemmer for, such as search.english.
do $$
declare
    stemmer record;
begin
    for stemmer in
        select cfgname as language
        from pg_ts_config join pg_ts_dict on dictname = cfgname || '_stem'
        where cfgnamespace = 'pg_catalog'::regnamespace
    loop
        execute format('create text search dictionary search.%I (template = snowball, language = %1$I)',
            stemmer.language);
        execute format('create text search configuration search.%I (copy = search.unstemmed)', stemmer.language);
        execute format('alter text search configuration search.%I
            alter mapping for asciiword, word, hword, hword_part, asciihword, hword_asciipart
            with public.unaccent, search.%1$I', stemmer.language);
    end loop;
end $$;

-- The stemmers of all languages.
create function search.stemmers() returns regdictionary[] immutable parallel safe language sql
return array[
    'search.arabic', 'search.armenian', 'search.basque', 'search.catalan', 'search.danish', 'search.dutch',
    'search.english', 'search.estonian', 'search.finnish', 'search.french', 'search.german', 'search.greek',
    'search.hindi', 'search.hungarian', 'search.indonesian', 'search.irish', 'search.italian', 'search.lithuanian',
    'search.nepali', 'search.norwegian', 'search.portuguese', 'search.romanian', 'search.russian', 'search.serbian',
    'search.spanish', 'search.swedish', 'search.tamil', 'search.turkish', 'search.yiddish'
    ]::regdictionary[];

-- The configuration for a language, given by its BCP 47 tag, which may be null.
create function search.configuration(language text) returns regconfig immutable parallel safe language sql
return case split_part(lower(language), '-', 1)
    when 'ar' then 'search.arabic' when 'ca' then 'search.catalan' when 'da' then 'search.danish'
    when 'de' then 'search.german' when 'el' then 'search.greek' when 'en' then 'search.english'
    when 'es' then 'search.spanish' when 'et' then 'search.estonian' when 'eu' then 'search.basque'
    when 'fi' then 'search.finnish' when 'fr' then 'search.french' when 'ga' then 'search.irish'
    when 'hi' then 'search.hindi' when 'hu' then 'search.hungarian' when 'hy' then 'search.armenian'
    when 'id' then 'search.indonesian' when 'it' then 'search.italian' when 'lt' then 'search.lithuanian'
    when 'nb' then 'search.norwegian' when 'ne' then 'search.nepali' when 'nl' then 'search.dutch'
    when 'nn' then 'search.norwegian' when 'no' then 'search.norwegian' when 'pt' then 'search.portuguese'
    when 'ro' then 'search.romanian' when 'ru' then 'search.russian' when 'sr' then 'search.serbian'
    when 'sv' then 'search.swedish' when 'ta' then 'search.tamil' when 'tr' then 'search.turkish'
    when 'yi' then 'search.yiddish'
    else 'search.unstemmed' end::regconfig;

-- Text without punctuation, which PostgreSQL's parser would read as addresses, numbers and tags: Node.js becomes two
-- words. C++ and C# remain one word each.
create function search.plain_text(text text) returns text immutable parallel safe strict language sql
return translate(replace(replace(text, '++', 'plusplus'), '#', 'sharp'),
    '!"$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                               ');

-- The stored words of a document, each with the fields that it occurs in.
create function search.terms(document jsonb) returns tsvector immutable parallel safe language sql
begin atomic
    select setweight(to_tsvector(language, search.plain_text(coalesce(document ->> 'title', ''))),
            search.weight('title'))
        || setweight(to_tsvector(language, search.plain_text(coalesce(document ->> 'otherTitles', ''))),
            search.weight('title'))
        || setweight(to_tsvector('search.unstemmed', search.plain_text(coalesce(document ->> 'authors', ''))),
            search.weight('author'))
        || setweight(to_tsvector(language, search.plain_text(coalesce(document ->> 'topics', ''))),
            search.weight('topic'))
        || setweight(to_tsvector(language, search.plain_text(coalesce(document ->> 'summary', '') || ' '
            || coalesce(document ->> 'keyPoints', '') || ' ' || coalesce(document ->> 'whyItMatters', ''))),
            search.weight('text'))
    from search.configuration(document ->> 'language') as language;
end;

-- The words of a document as they are written, without accents, each with the word that it is stored as.
create function search.word_forms(document jsonb) returns table (form text, term text)
stable parallel safe language sql
begin atomic
    select forms.lexeme, coalesce((ts_lexize(dictionary, forms.lexeme))[1], forms.lexeme)
    from (select search.configuration(document ->> 'language')::text::regdictionary as dictionary offset 0) as stemmer,
        unnest(to_tsvector('search.unstemmed', search.plain_text(coalesce(document ->> 'title', '') || ' '
            || coalesce(document ->> 'otherTitles', '') || ' ' || coalesce(document ->> 'topics', '') || ' '
            || coalesce(document ->> 'summary', '') || ' ' || coalesce(document ->> 'keyPoints', '') || ' '
            || coalesce(document ->> 'whyItMatters', '')))) as forms
    union
    select names.lexeme, names.lexeme
    from unnest(to_tsvector('search.unstemmed', search.plain_text(coalesce(document ->> 'authors', '')))) as names;
end;

-- The stems that a word has in any of the languages.
create function search.stems(form text) returns setof text immutable parallel safe language sql
begin atomic
    select distinct stem
    from unnest(search.stemmers()) as dictionary, unnest(ts_lexize(dictionary, form)) as stem;
end;

-- The score of each word of a book.
create function search.scores(terms tsvector) returns table (term text, score smallint)
immutable parallel safe language sql
begin atomic
    select lexeme, search.score(weights, count(*) filter (where search.weight('title')::text = any (weights)) over ())
    from unnest(terms);
end;

-- 3. Facets: what a list of books can be filtered by, as kind=value.

-- A name without differences of case and accents.
create function search.fold(name text) returns text immutable parallel safe strict language sql
return lower(unaccent('public.unaccent', normalize(name, NFC)) collate pg_c_utf8);

-- The facets of a document, each with its value as the document spells it. A language includes its regions: a book in
-- fr-CA has the facets language=fr and language=fr-ca.
create function search.facets(document jsonb) returns table (facet text, name text)
immutable parallel safe language sql
begin atomic
    select distinct on (1) facet, name from (
        select 'topic=' || search.fold(value), value from jsonb_array_elements_text(document -> 'topics') as value
        union all
        select 'author=' || search.fold(value), value from jsonb_array_elements_text(document -> 'authors') as value
        union all
        select 'access=' || (value ->> 'kind'), value ->> 'kind'
        from jsonb_array_elements(document -> 'freeAccess') as value
        union all
        select 'level=' || (document ->> 'level'), document ->> 'level'
        union all
        select 'language=' || array_to_string(parts[1:last], '-'), array_to_string(parts[1:last], '-')
        from string_to_array(lower(document ->> 'language'), '-') as parts,
            generate_series(1, array_length(parts, 1)) as last
    ) as all_facets (facet, name)
    where facet is not null order by 1, 2;
end;

-- A bit for each facet; several facets may share a bit. A book whose signature lacks a bit of the wanted facets does
-- not have all of them.
create function search.facet_signature(facets text[]) returns bigint immutable parallel safe language sql
begin atomic
    select bit_or(1::bigint << (get_byte(sha256(convert_to(facet, 'UTF8')), 0) & 63)) from unnest(facets) as facet;
end;

-- 4. Tables. The comment of each says what it holds.

create table search.indexed_book (
    number bigint primary key,
    terms tsvector not null,
    facets text[] not null
);
comment on table search.indexed_book is
    'The stored words and the facets of each book: for searches for several words, or for words and filters';
-- Searches read the words of many books: they stay in the row, uncompressed.
alter table search.indexed_book set (toast_tuple_target = 8160);

create table search.posting (
    term text collate "C" not null,
    score smallint not null,
    number bigint not null,
    primary key (term, score, number)
);
comment on table search.posting is
    'The books of each stored word in the order in which a search for this word lists them';

create table search.word_form (
    form text collate "C" not null,
    term text collate "C" not null,
    book_count integer not null,
    primary key (form, term)
) with (fillfactor = 80);
comment on table search.word_form is
    'Each word as it is written in a book, with the words that it is stored as: completes and corrects what is typed';

create table search.book_facet (
    facet text collate "C" not null,
    book text collate "C" not null,
    signature bigint not null,
    primary key (facet, book) include (signature)
);
comment on table search.book_facet is
    'The books of each facet in the order of their ids, each with a signature of all its facets';

create table search.facet (
    facet text collate "C" primary key,
    name text not null,
    book_count integer not null
) with (fillfactor = 80);
comment on table search.facet is
    'The number of books of each facet, and its value as the first of them spells it';

-- 5. Maintenance. Triggers keep the tables consistent with the books, once for each statement, in the transaction of
-- the writer.

-- Index these books. Each statement sorts its rows, so that concurrent writers lock them in the same order. Plans are
-- kept for the life of a connection: without the setting, one that was made while there were few books would still
-- scan the tables when there are many.
create function search.add_books(numbers bigint[]) returns void language plpgsql set enable_seqscan = off as $$
begin
    insert into search.indexed_book (number, terms, facets)
    select added.number, search.terms(added.document), array(select facet from search.facets(added.document))
    from (select number, document::jsonb as document from public.book where number = any (numbers) offset 0) as added
    order by 1;

    insert into search.posting (term, score, number)
    select scores.term, scores.score, indexed.number
    from search.indexed_book as indexed, search.scores(indexed.terms)
    where indexed.number = any (numbers)
    order by 1, 2, 3;

    insert into search.word_form as known (form, term, book_count)
    select forms.form, forms.term, count(*)
    from (select document::jsonb as document from public.book where number = any (numbers) offset 0) as added,
        search.word_forms(added.document) as forms
    group by 1, 2 order by 1, 2
    on conflict (form, term) do update set book_count = known.book_count + excluded.book_count;

    insert into search.book_facet (facet, book, signature)
    select facet, added.id, added.signature
    from (
        select book.id, indexed.facets, search.facet_signature(indexed.facets) as signature
        from public.book join search.indexed_book as indexed using (number)
        where number = any (numbers) offset 0) as added, unnest(added.facets) as facet
    order by 1, 2;

    insert into search.facet as known (facet, name, book_count)
    select facets.facet, (array_agg(facets.name order by added.number))[1], count(*)
    from (select number, document::jsonb as document from public.book where number = any (numbers) offset 0) as added,
        search.facets(added.document) as facets
    group by 1 order by 1
    on conflict (facet) do update set book_count = known.book_count + excluded.book_count;
end $$;

create function search.on_books_added() returns trigger language plpgsql as $$
begin
    if exists (select from added) then
        perform search.add_books(array(select number from added));
    end if;
    return null;
end $$;

create function search.on_books_removed() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if not exists (select from removed) then
        return null;
    end if;

    delete from search.posting
    using removed join search.indexed_book as indexed using (number), search.scores(indexed.terms) as scores
    where posting.term = scores.term and posting.score = scores.score and posting.number = indexed.number;

    with forms as (
        select forms.form, forms.term, count(*) as book_count
        from (select document::jsonb as document from removed offset 0) as previous,
            search.word_forms(previous.document) as forms
        group by 1, 2)
    update search.word_form set book_count = word_form.book_count - forms.book_count from forms
    where word_form.form = forms.form and word_form.term = forms.term;
    delete from search.word_form
    using (select document::jsonb as document from removed offset 0) as previous,
        search.word_forms(previous.document) as forms
    where word_form.form = forms.form and word_form.term = forms.term and word_form.book_count = 0;

    delete from search.book_facet
    using removed join search.indexed_book as indexed using (number), unnest(indexed.facets) as previous (facet)
    where book_facet.facet = previous.facet and book_facet.book = removed.id;

    with previous as (
        select facet, count(*) as book_count
        from removed join search.indexed_book as indexed using (number), unnest(indexed.facets) as facet
        group by 1)
    update search.facet set book_count = facet.book_count - previous.book_count from previous
    where facet.facet = previous.facet;
    delete from search.facet
    using removed join search.indexed_book as indexed using (number), unnest(indexed.facets) as previous (facet)
    where facet.facet = previous.facet and facet.book_count = 0;

    delete from search.indexed_book using removed where indexed_book.number = removed.number;
    return null;
end $$;

create function search.on_books_truncated() returns trigger language plpgsql as $$
begin
    truncate search.indexed_book, search.posting, search.word_form, search.book_facet, search.facet;
    return null;
end $$;

create trigger search_insert after insert on book
    referencing new table as added for each statement execute function search.on_books_added();
-- The triggers of an update run in the order of their names.
create trigger search_update_1 after update on book
    referencing old table as removed for each statement execute function search.on_books_removed();
create trigger search_update_2 after update on book
    referencing new table as added for each statement execute function search.on_books_added();
create trigger search_delete after delete on book
    referencing old table as removed for each statement execute function search.on_books_removed();
create trigger search_truncate after truncate on book
    for each statement execute function search.on_books_truncated();

-- 6. The books that exist already. The GIN indexes are created when the tables are filled, which is faster.

set local work_mem = '128MB';
set local maintenance_work_mem = '256MB';
do $$ begin perform search.add_books(array_agg(number)) from book; end $$;

-- A search reads all of a pending list, so it is kept short.
create index indexed_book_terms on search.indexed_book using gin (terms, facets) with (gin_pending_list_limit = 256);
create index word_form_trigrams on search.word_form using gin (form gin_trgm_ops) with (gin_pending_list_limit = 64);

-- The words nearest to a mistyped one: trigrams find candidates, and of these the ones with the smallest edit distance
-- are returned, because words that are farther off are hardly what was meant.
create function search.corrections(typed text, max_count integer) returns table (term text, distance integer)
stable parallel safe language sql
set pg_trgm.similarity_threshold = 0.25
begin atomic
    select term, distance
    from (
        select candidate.*, min(distance) over () as smallest
        from (
            select word_form.*, levenshtein(typed, form) as distance from search.word_form
            where form % typed and octet_length(typed) <= 100 and octet_length(form) <= 100) as candidate
        where distance <= least(3, length(typed) / 3)) as near
    where distance = smallest
    order by book_count desc, form limit max_count;
end;

-- Statistics of empty tables would mislead the planner until the first automatic analyze.
do $$
begin
    if exists (select from book) then
        analyze search.indexed_book, search.posting, search.word_form, search.book_facet, search.facet;
    end if;
end $$;
