-- What catalog-service of an earlier release has written, whose last migration is V2: a book that was added and
-- changed, and an import that was interrupted when that release was stopped.

update log_head set epoch = 'c0ffee123456', position = 2, received_at = '2024-03-01 12:05:00.654321+00';

insert into seeding_complete (completed_at) values ('2024-03-01 11:59:00+00');

insert into book (id, version, created_at, changed_at, document) values
    ('fluent-python', 2, '2024-03-01 12:00:00.123456+00', '2024-03-01 12:05:00.654321+00',
     '{"id":"fluent-python","title":"Fluent Python","otherTitles":["Fluent Python: Clear, Concise, and Effective Programming"],"authors":["Luciano Ramalho"],"topics":["python","concurrency"],"level":"intermediate","language":"en","summary":"A tour of Python for people who already program in it.","keyPoints":["Functions are objects; decorators and closures follow from that and need no magic."],"whyItMatters":"An interface that follows the conventions of its language needs little explaining.","editions":[{"label":"2nd edition","year":2022,"isbn":"9781492056355","language":"en","format":"print"}],"freeAccess":[{"kind":"code","url":"https://github.com/fluentpython/example-code-2e","condition":"The examples of the 2nd edition without its text"}],"version":2,"createdAt":"2024-03-01T12:00:00.123456Z","changedAt":"2024-03-01T12:05:00.654321Z"}');

insert into book_fingerprint (fingerprint, book) values ('title:en:fluent python:luciano ramalho', 'fluent-python');

insert into change (position, type, subject, version, received_at, data) values
    (1, 'book-added', 'fluent-python', 1, '2024-03-01 12:00:00.123456+00',
     '{"id":"fluent-python","title":"Fluent Python","authors":["Luciano Ramalho"],"topics":["python"],"language":"en","version":1,"createdAt":"2024-03-01T12:00:00.123456Z","changedAt":"2024-03-01T12:00:00.123456Z"}');

insert into change (position, type, subject, version, received_at, data)
select 2, 'book-changed', id, version, changed_at, document from book;

insert into import (id, last_line, state, source, language, started_at, added) values
    ('2f6b2f64-52b5-4a66-9c1c-0d1c3b0c5a10', 40, 'running', 'free-programming-books-langs.md', 'en',
     '2024-03-01 12:06:00+00', 0);
