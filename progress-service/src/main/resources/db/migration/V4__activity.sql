-- Who read what in the minutes that are not told of yet: nothing stays of it when they are.
create table activity_reader (
    minute timestamptz not null,
    book text not null,
    reader text not null,
    primary key (minute, book, reader)
);

-- What is told to everybody. Both can be dropped with their row in projection.
create table activity (
    position bigint primary key,
    minute timestamptz not null,
    book text not null,
    readers int not null
);

create index activity_of_book on activity (book, position);
