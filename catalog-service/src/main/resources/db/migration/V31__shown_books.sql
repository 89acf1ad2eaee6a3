-- A book is kept as a GET shows it, to the letter, so that reads pass it on unread. json, not jsonb, for this.
alter table book drop column search, drop column facets, add column shown json;
alter table book disable trigger user;

-- Searches read the words of many books: they stand in the row, not apart and not compressed.
alter table book set (toast_tuple_target = 8160);

-- The log has what a GET shows of each.
update book set shown = coalesce(
    (select data from change
    where subject = id and type in ('book-added', 'book-changed') order by position desc limit 1),
    (jsonb_build_object('id', id) || document || jsonb_build_object('version', version,
        'createdAt', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'changedAt', to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::json);
alter table book drop column document;
alter table book rename column shown to document;
alter table book
    alter column document set not null,
    add column search tsvector not null generated always as (search_vector(document::jsonb)) stored,
    add column facets text[] not null generated always as (facets_of(document::jsonb)) stored;
create index book_search on book using gin (search, facets) with (gin_pending_list_limit = 256);

-- A bit for each facet of a book, the same for a few of them: a book without all the bits of what is asked for
-- does not have all of it.
create function facet_marks(facets text[]) returns bigint immutable parallel safe language sql
begin atomic
    select bit_or(1::bigint << (get_byte(sha256(convert_to(facet, 'UTF8')), 0) & 63)) from unnest(facets) as facet;
end;

alter table book_facet
    drop constraint book_facet_pkey,
    add column marks bigint;
update book_facet set marks = facet_marks(facets) from book where id = book_facet.book;
alter table book_facet
    alter column marks set not null,
    add primary key (facet, book) include (marks);

create or replace function index_added() returns trigger language plpgsql as $$
begin
    insert into book_word (word, score, number)
    select hit.word, hit.score, added.number from added, search_scores(added.search) as hit
    order by 1, 2, 3;
    insert into word as known (form, lexeme, books)
    select used.form, used.lexeme, count(*)
    from (select document::jsonb from added offset 0) as read, search_forms(read.document) as used
    group by 1, 2 order by 1, 2
    on conflict (form, lexeme) do update set books = known.books + excluded.books;
    insert into book_facet (facet, book, marks)
    select facet, id, marks
    from (select id, facets, facet_marks(facets) as marks from added offset 0) as marked, unnest(facets) as facet
    order by 1, 2;
    insert into facet as known (facet, name, books)
    select had.facet, min(had.name), count(*)
    from (select document::jsonb from added offset 0) as read, search_facets(read.document) as had
    group by 1 order by 1
    on conflict (facet) do update set books = known.books + excluded.books;
    return null;
end $$;

create or replace function index_gone() returns trigger language plpgsql as $$
begin
    delete from book_word using gone, search_scores(gone.search) as hit
    where book_word.word = hit.word and book_word.score = hit.score and book_word.number = gone.number;
    with less as (
        select used.form, used.lexeme, count(*) as books
        from (select document::jsonb from gone offset 0) as read, search_forms(read.document) as used group by 1, 2)
    update word set books = word.books - less.books from less
    where word.form = less.form and word.lexeme = less.lexeme;
    delete from word using (select document::jsonb from gone offset 0) as read, search_forms(read.document) as used
    where word.form = used.form and word.lexeme = used.lexeme and word.books = 0;
    delete from book_facet using gone, unnest(gone.facets) as had
    where book_facet.facet = had and book_facet.book = gone.id;
    with less as (
        select had.facet, count(*) as books from gone, unnest(gone.facets) as had (facet) group by 1)
    update facet set books = facet.books - less.books from less where facet.facet = less.facet;
    delete from facet using gone, unnest(gone.facets) as had where facet.facet = had and facet.books = 0;
    return null;
end $$;

alter table book enable trigger user;
