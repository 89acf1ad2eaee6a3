-- How books are found: docs/adr/0014 says why it is kept like this.

-- Any owner of a database may create these: they find what is spelled nearly right.
create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;

-- What is no word in a language stays as it is.
create text search dictionary catalog (template = simple);

-- A configuration for each language that PostgreSQL can stem, under its name in pg_ts_config. Words lose
-- their accents first. No stop words: a book may be called "It".
do $$
declare
    stemmed record;
begin
    for stemmed in
        select cfgname as name
        from pg_ts_config join pg_ts_dict on dictname = cfgname || '_stem'
        where cfgnamespace = 'pg_catalog'::regnamespace
    loop
        execute format('create text search dictionary catalog_%s (template = snowball, language = %I)',
            stemmed.name, stemmed.name);
        execute format('create text search configuration catalog_%s (copy = catalog)', stemmed.name);
        execute format('alter text search configuration catalog_%1$s
            alter mapping for asciiword, word, hword, hword_part, asciihword, hword_asciipart
            with unaccent, catalog_%1$s', stemmed.name);
    end loop;
end $$;

-- The configuration of a language, given by its BCP 47 tag; words as they stand where there is none.
create function search_configuration(language text) returns regconfig immutable parallel safe language sql
return case split_part(lower(language), '-', 1)
    when 'ar' then 'catalog_arabic' when 'ca' then 'catalog_catalan' when 'da' then 'catalog_danish'
    when 'de' then 'catalog_german' when 'el' then 'catalog_greek' when 'en' then 'catalog_english'
    when 'es' then 'catalog_spanish' when 'et' then 'catalog_estonian' when 'eu' then 'catalog_basque'
    when 'fi' then 'catalog_finnish' when 'fr' then 'catalog_french' when 'ga' then 'catalog_irish'
    when 'hi' then 'catalog_hindi' when 'hu' then 'catalog_hungarian' when 'hy' then 'catalog_armenian'
    when 'id' then 'catalog_indonesian' when 'it' then 'catalog_italian' when 'lt' then 'catalog_lithuanian'
    when 'nb' then 'catalog_norwegian' when 'ne' then 'catalog_nepali' when 'nl' then 'catalog_dutch'
    when 'nn' then 'catalog_norwegian' when 'no' then 'catalog_norwegian' when 'pt' then 'catalog_portuguese'
    when 'ro' then 'catalog_romanian' when 'ru' then 'catalog_russian' when 'sr' then 'catalog_serbian'
    when 'sv' then 'catalog_swedish' when 'ta' then 'catalog_tamil' when 'tr' then 'catalog_turkish'
    when 'yi' then 'catalog_yiddish'
    else 'catalog' end::regconfig;

-- Text without what the parser would take for addresses, numbers and tags: Node.js is two words, C++ is one.
create function plain_words(text text) returns text immutable parallel safe strict language sql
return translate(replace(replace(text, '++', 'plusplus'), '#', 'sharp'),
    '!"$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                               ');

-- Titles weigh more than authors, authors more than topics, topics more than text. Names are in no language.
create function search_vector(document jsonb) returns tsvector immutable parallel safe language sql
begin atomic
    select setweight(to_tsvector(language, plain_words(coalesce(document ->> 'title', ''))), 'A')
        || setweight(to_tsvector(language, plain_words(coalesce(document ->> 'otherTitles', ''))), 'A')
        || setweight(to_tsvector('catalog', plain_words(coalesce(document ->> 'authors', ''))), 'B')
        || setweight(to_tsvector(language, plain_words(coalesce(document ->> 'topics', ''))), 'C')
        || setweight(to_tsvector(language, plain_words(coalesce(document ->> 'summary', '') || ' '
            || coalesce(document ->> 'keyPoints', '') || ' ' || coalesce(document ->> 'whyItMatters', ''))), 'D')
    from search_configuration(document ->> 'language') as language;
end;

-- The words of a document as they are typed, and what each is searched by.
create function search_forms(document jsonb) returns table (form text, lexeme text)
stable parallel safe language sql
begin atomic
    select forms.lexeme, coalesce((ts_lexize(dictionary, forms.lexeme))[1], forms.lexeme)
    from (select search_configuration(document ->> 'language')::text::regdictionary as dictionary offset 0) as stemmed,
        unnest(to_tsvector('catalog', plain_words(coalesce(document ->> 'title', '') || ' '
            || coalesce(document ->> 'otherTitles', '') || ' ' || coalesce(document ->> 'topics', '') || ' '
            || coalesce(document ->> 'summary', '') || ' ' || coalesce(document ->> 'keyPoints', '') || ' '
            || coalesce(document ->> 'whyItMatters', '')))) as forms
    union
    select names.lexeme, names.lexeme
    from unnest(to_tsvector('catalog', plain_words(coalesce(document ->> 'authors', '')))) as names;
end;

-- What a word would be searched by in any of the languages.
create function search_stems(form text) returns setof text immutable parallel safe language sql
begin atomic
    select distinct stem
    from unnest(array[
        'catalog_arabic', 'catalog_armenian', 'catalog_basque', 'catalog_catalan', 'catalog_danish',
        'catalog_dutch', 'catalog_english', 'catalog_estonian', 'catalog_finnish', 'catalog_french',
        'catalog_german', 'catalog_greek', 'catalog_hindi', 'catalog_hungarian',
        'catalog_indonesian', 'catalog_irish', 'catalog_italian', 'catalog_lithuanian',
        'catalog_nepali', 'catalog_norwegian', 'catalog_portuguese', 'catalog_romanian',
        'catalog_russian', 'catalog_serbian', 'catalog_spanish', 'catalog_swedish', 'catalog_tamil',
        'catalog_turkish', 'catalog_yiddish'
        ]::regdictionary[]) as dictionary, unnest(ts_lexize(dictionary, form)) as stem;
end;

-- Where a book stands among those with a word, the least first: by the weightiest place of the word, then
-- by how many words its titles have.
create function search_scores(search tsvector) returns table (word text, score smallint)
immutable parallel safe language sql
begin atomic
    select lexeme, (case when 'A' = any(weights) then 0 when 'B' = any(weights) then 64
        when 'C' = any(weights) then 128 else 192 end
        + least(63, count(*) filter (where 'A' = any(weights)) over ()))::smallint
    from unnest(search);
end;

-- Names that differ in case or accents alone are one.
create function folded(text text) returns text immutable parallel safe strict language sql
return lower(unaccent('unaccent', normalize(text, NFC)) collate pg_c_utf8);

-- What a list can be narrowed to that has a book in it. A language has those that it is a kind of.
create function search_facets(document jsonb) returns table (facet text, name text)
immutable parallel safe language sql
begin atomic
    select distinct on (1) facet, name from (
        select 'topic=' || folded(value), value from jsonb_array_elements_text(document -> 'topics') as value
        union all
        select 'author=' || folded(value), value from jsonb_array_elements_text(document -> 'authors') as value
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

-- The same without the names, in a plan that takes an eighth of the time: each book waits for it.
create function facets_of(document jsonb) returns text[] immutable parallel safe language plpgsql as $$
declare
    language constant text[] := string_to_array(lower(document ->> 'language'), '-');
begin
    return array(
        select 'topic=' || folded(value) from jsonb_array_elements_text(document -> 'topics') as value
        union
        select 'author=' || folded(value) from jsonb_array_elements_text(document -> 'authors') as value
        union
        select 'access=' || (value ->> 'kind') from jsonb_array_elements(document -> 'freeAccess') as value
        union
        select 'level=' || (document ->> 'level') where document ? 'level'
        union
        select 'language=' || array_to_string(language[1:last], '-') from generate_subscripts(language, 1) as last);
end $$;

drop index book_search;
alter table book
    drop column search,
    add column number bigint not null generated always as identity unique,
    add column search tsvector not null generated always as (search_vector(document)) stored,
    add column facets text[] not null generated always as (facets_of(document)) stored;
-- For several words at once. What is not sorted in yet is read by every search, so it may not be much.
create index book_search on book using gin (search, facets) with (gin_pending_list_limit = 256);

-- For one word: its books in their order, as many as there may be.
create table book_word (
    word text collate "C" not null,
    score smallint not null,
    number bigint not null,
    primary key (word, score, number)
);

-- The words there are: what was typed may be the beginning of one, or one with a slip.
create table word (
    form text collate "C" not null,
    lexeme text collate "C" not null,
    books integer not null,
    primary key (form, lexeme)
) with (fillfactor = 80);
create index word_spelling on word using gin (form gin_trgm_ops) with (gin_pending_list_limit = 64);

-- The words that something mistyped may be, the nearest first: trigrams find them, and how many letters
-- differ decides.
create function search_slips(typed text, most integer) returns table (lexeme text, distance integer)
stable parallel safe language sql
set pg_trgm.similarity_threshold = 0.25
begin atomic
    select lexeme, distance
    from (select word.*, levenshtein(typed, form) as distance from word
        where form % typed and octet_length(typed) <= 100 and octet_length(form) <= 100) as near
    where distance <= least(3, length(typed) / 3)
    order by distance, books desc, form limit most;
end;

create table book_facet (
    facet text collate "C" not null,
    book text collate "C" not null,
    primary key (facet, book)
);

-- How many books there are of each, and how the first of them spells it.
create table facet (
    facet text collate "C" primary key,
    name text not null,
    books integer not null
) with (fillfactor = 80);

-- The database keeps all this in step, whoever writes a book and however many at once.
create function index_added() returns trigger language plpgsql as $$
begin
    insert into book_word (word, score, number)
    select hit.word, hit.score, added.number from added, search_scores(added.search) as hit
    order by 1, 2, 3;
    insert into word as known (form, lexeme, books)
    select used.form, used.lexeme, count(*) from added, search_forms(added.document) as used
    group by 1, 2 order by 1, 2
    on conflict (form, lexeme) do update set books = known.books + excluded.books;
    insert into book_facet (facet, book)
    select facet, added.id from added, unnest(added.facets) as facet
    order by 1, 2;
    insert into facet as known (facet, name, books)
    select had.facet, min(had.name), count(*) from added, search_facets(added.document) as had
    group by 1 order by 1
    on conflict (facet) do update set books = known.books + excluded.books;
    return null;
end $$;

create function index_gone() returns trigger language plpgsql as $$
begin
    delete from book_word using gone, search_scores(gone.search) as hit
    where book_word.word = hit.word and book_word.score = hit.score and book_word.number = gone.number;
    with less as (
        select used.form, used.lexeme, count(*) as books from gone, search_forms(gone.document) as used group by 1, 2)
    update word set books = word.books - less.books from less
    where word.form = less.form and word.lexeme = less.lexeme;
    delete from word using gone, search_forms(gone.document) as used
    where word.form = used.form and word.lexeme = used.lexeme and word.books = 0;
    delete from book_facet using gone, unnest(gone.facets) as had
    where book_facet.facet = had and book_facet.book = gone.id;
    with less as (
        select had.facet, count(*) as books from gone, unnest(gone.facets) as had (facet) group by 1)
    update facet set books = facet.books - less.books from less where facet.facet = less.facet;
    delete from facet using gone, unnest(gone.facets) as had where facet.facet = had and facet.books = 0;
    return null;
end $$;

create trigger index_added after insert on book
    referencing new table as added for each statement execute function index_added();
create trigger index_changed_1 after update on book
    referencing old table as gone for each statement execute function index_gone();
create trigger index_changed_2 after update on book
    referencing new table as added for each statement execute function index_added();
create trigger index_gone after delete on book
    referencing old table as gone for each statement execute function index_gone();

-- The books that are there already.
update book set version = version;
