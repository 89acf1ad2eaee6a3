-- Which member of a document is wrong, as a JSON pointer.
alter table import_refusal add column pointer text;
