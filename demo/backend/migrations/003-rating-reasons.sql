-- Why an answer did not help, as the person chose: an array of words, empty when nothing was chosen.
alter table ratings add column reasons jsonb not null default '[]';
