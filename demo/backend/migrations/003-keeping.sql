-- What must be kept so that it can be proved, what a person may have deleted, and who may not use the chat.

drop trigger acceptances_append_only on acceptances;
drop function keep_acceptances();

-- The record stands by itself: which text, by its hash and not only by where it lies, and the language tag the browser named.
alter table acceptances add column text_sha256 text, add column locale text;
update acceptances set text_sha256 = terms.text_sha256, locale = terms.locale from terms where terms.id = acceptances.terms;
alter table acceptances alter column text_sha256 set not null, alter column locale set not null;

-- A text that does not fit its hash proves nothing.
alter table terms add constraint terms_fit_their_hash
  check (text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));

-- A person asked for everything about them to be deleted, and it was.
create table deletions (
  receipt_id uuid primary key,
  user_id uuid not null references users on delete cascade,
  requested_at timestamptz not null,
  done_at timestamptz not null,
  -- How many rows of each kind were deleted.
  deleted jsonb not null
);
create index deletions_user on deletions (user_id);
create index deletions_age on deletions (requested_at);

create function keep_as_written() returns trigger language plpgsql as $$
begin
  -- Only the retention job may delete, and it says so for its own transaction. Texts of terms are no one's data and stay.
  if tg_op = 'DELETE' and tg_table_name <> 'terms' and current_setting('tillit.purge', true) = 'on' then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger acceptances_append_only before update or delete on acceptances
  for each row execute function keep_as_written();
create trigger acceptances_keep_all before truncate on acceptances execute function keep_as_written();
create trigger terms_append_only before update or delete on terms for each row execute function keep_as_written();
create trigger terms_keep_all before truncate on terms execute function keep_as_written();
create trigger deletions_append_only before update or delete on deletions
  for each row execute function keep_as_written();
create trigger deletions_keep_all before truncate on deletions execute function keep_as_written();

-- A suspension may end by itself, and says where to object. Who signs in is known by issuer and subject.
alter table users
  add column suspended_until timestamptz,
  add column appeal_url text,
  add column issuer text,
  add column subject text,
  add constraint users_signed_in unique (issuer, subject);

alter table tickets add column category text not null default 'support'
  check (category in ('support', 'rights', 'appeal'));
create index tickets_user on tickets (user_id);
create index log_user on log (user_id);
