-- What progress-service of an earlier release has written, whose last migration is V12: the account ada, whose
-- password is "as long as ever", and a reading with three events in the log and in the read models.

update log_head set epoch = 'ca11ab1e1234', position = 3, received_at = '2024-03-01 12:20:00.3+00';

insert into account (reader, name, password_hash, roles, created_at) values
    ('ada', 'Ada', '$2a$10$jEmivt3u8AKa1v6vHpTJhONYFA9owXVpk7iAyrRnpF6EPQO5t32pK', '{}', '2024-03-01 12:01:00+00');

insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data) values
    (1, '5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', 1, 'ada', 'reading-started', 'fluent-python',
     '2024-03-01 12:10:00.1+00', '2024-03-01 12:10:00.2+00',
     '{"reader":"ada","book":{"id":"fluent-python","title":"Fluent Python","authors":["Luciano Ramalho"]},"edition":"2nd edition","occurredAt":"2024-03-01T12:10:00.100Z"}'),
    (2, '5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', 2, 'ada', 'position-reported', 'fluent-python',
     '2024-03-01 12:15:00.1+00', '2024-03-01 12:15:00.2+00',
     '{"position":{"fraction":0.125,"chapter":"Chapter 3","device":{"id":"phone","name":"My phone"},"occurredAt":"2024-03-01T12:15:00.100Z"},"moved":true,"furthest":true,"devices":[{"id":"phone","name":"My phone"}]}'),
    (3, '5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', 3, 'ada', 'position-reported', 'fluent-python',
     '2024-03-01 12:20:00.2+00', '2024-03-01 12:20:00.3+00',
     '{"position":{"fraction":0.25,"locator":"chapter-6","occurredAt":"2024-03-01T12:20:00.200Z"},"moved":true,"furthest":true}');

-- Of the third event, whose request was a POST of {"fraction":0.25,"locator":"chapter-6"}.
insert into idempotency_record (reader, key, hash, stream, version, event_count) values
    ('ada', 'report-of-before', '514f1d4400a12895ae656b2d9dfca398ae356a4759c9b0ae8fa2aa5f8158f96e',
     '5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', 3, 1);

insert into open_reading (stream, reader, book, position) values
    ('5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', 'ada', 'fluent-python', 1);

insert into projection (name, position) values
    ('activity', 3), ('current-reading', 3), ('path-membership', 3), ('reading-time', 3), ('timeline', 0)
on conflict (name) do update set position = excluded.position;

insert into current_reading (id, reader, status, last_position, document) values
    ('5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', 'ada', 'reading', 3,
     '{"id":"5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1","book":{"id":"fluent-python","title":"Fluent Python","authors":["Luciano Ramalho"]},"edition":"2nd edition","status":"reading","startedAt":"2024-03-01T12:10:00.100Z","position":{"fraction":0.25,"locator":"chapter-6","occurredAt":"2024-03-01T12:20:00.200Z","receivedAt":"2024-03-01T12:20:00.300Z"},"furthest":{"fraction":0.25,"locator":"chapter-6","occurredAt":"2024-03-01T12:20:00.200Z","receivedAt":"2024-03-01T12:20:00.300Z"},"devices":[{"id":"phone","name":"My phone"}],"version":3}');

insert into reading_time (reader, slot, reading, first, last) values
    ('ada', '2024-03-01 12:10:00+00', '5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', '2024-03-01 12:15:00.1+00',
     '2024-03-01 12:15:00.1+00'),
    ('ada', '2024-03-01 12:20:00+00', '5b0a8a52-6a5b-4a4e-9d52-7e9a51c0b7d1', '2024-03-01 12:20:00.2+00',
     '2024-03-01 12:20:00.2+00');

insert into activity (position, minute, book, readers, published_at) values
    (1, '2024-03-01 12:10:00+00', 'fluent-python', 5, '2024-03-01 12:11:06+00'),
    (2, '2024-03-01 12:15:00+00', 'fluent-python', 5, '2024-03-01 12:16:06+00');

update catalog_cursor set cursor = 'c0ffee123456-2';

insert into book_replica (id, title, authors, editions) values
    ('fluent-python', 'Fluent Python', '{Luciano Ramalho}',
     '[{"label":"2nd edition","year":2022,"isbn":"9781492056355","language":"en","format":"print"}]');
