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
