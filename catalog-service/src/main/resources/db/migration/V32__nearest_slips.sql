-- Of the words that a mistyped one may be, those that differ from it by the fewest letters: who means one of them
-- is not helped by others that are farther off.
create or replace function search_slips(typed text, most integer) returns table (lexeme text, distance integer)
stable parallel safe language sql
set pg_trgm.similarity_threshold = 0.25
begin atomic
    select lexeme, distance
    from (select near.*, min(distance) over () as nearest
        from (select word.*, levenshtein(typed, form) as distance from word
            where form % typed and octet_length(typed) <= 100 and octet_length(form) <= 100) as near
        where distance <= least(3, length(typed) / 3)) as possible
    where distance = nearest
    order by books desc, form limit most;
end;
