-- What people accept, ask, get, rate and hand over. Times are UTC; ids that leave the server are unguessable.

-- The exact text of every version that was ever offered: the proof behind each acceptance.
create table terms (
  id integer generated always as identity primary key,
  terms_id text not null,
  version text not null,
  locale text not null,
  text_sha256 text not null,
  text text not null,
  first_offered_at timestamptz not null,
  unique (terms_id, version, locale, text_sha256)
);

-- One person as far as we know them: everything done under one chain of receipts. No name, no address.
create table users (
  id uuid primary key,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  suspended_at timestamptz,
  suspension_reason text
);

-- Append-only: a withdrawal is a row of its own, and the trigger below refuses changes.
create table acceptances (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('accepted', 'withdrawn')),
  receipt_id uuid not null,
  user_id uuid not null references users on delete cascade,
  terms integer not null references terms,
  purposes jsonb not null,
  -- What the browser said; recorded_at is what we know.
  accepted_at timestamptz not null,
  recorded_at timestamptz not null,
  unique (receipt_id, kind)
);
create index acceptances_user on acceptances (user_id);

create function keep_acceptances() returns trigger language plpgsql as $$
begin
  -- Only the retention job may delete, and it says so for its own transaction.
  if tg_op = 'DELETE' and current_setting('tillit.purge', true) = 'on' then
    return old;
  end if;
  raise exception 'acceptances are append-only';
end $$;
create trigger acceptances_append_only before update or delete on acceptances
  for each row execute function keep_acceptances();

create table conversations (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null,
  last_active_at timestamptz not null
);
create index conversations_user on conversations (user_id);
create index conversations_age on conversations (last_active_at);

-- One question and its answer.
create table messages (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  user_id uuid not null references users on delete cascade,
  client_message_id text not null,
  replaces uuid,
  locale text not null,
  question text not null,
  answer text not null default '',
  answerer text not null check (answerer in ('ai', 'search', 'human')),
  status text not null check (status in ('running', 'done', 'cancelled', 'failed')),
  finish_reason text,
  -- Whether the same question may be tried again after a failure.
  retryable boolean not null default false,
  asked_at timestamptz not null,
  ended_at timestamptz,
  -- The lease of the process that produces the answer: who writes (attempt) and until when it is believed (alive_at).
  attempt integer not null default 1,
  alive_at timestamptz not null,
  stop_requested boolean not null default false,
  last_cursor integer not null default 0,
  -- The idempotency key: the same question of the same person is answered once.
  unique (user_id, client_message_id)
);
create index messages_conversation on messages (conversation_id, asked_at);
create index messages_age on messages (asked_at);

-- The events of an answer, so that any process can continue it; deleted a day after they were made.
create table message_events (
  message_id uuid not null references messages on delete cascade,
  cursor integer not null,
  type text not null,
  data jsonb not null,
  made_at timestamptz not null,
  primary key (message_id, cursor)
);
create index message_events_age on message_events (made_at);

-- What an answer cited, copied: the article may change or disappear.
create table sources (
  message_id uuid not null references messages on delete cascade,
  source_id text not null,
  n integer not null,
  title text not null,
  url text,
  snippet text,
  site text,
  updated text,
  primary key (message_id, source_id)
);

create table ratings (
  id integer generated always as identity primary key,
  message_id uuid unique references messages on delete cascade,
  conversation_id uuid unique references conversations on delete cascade,
  score smallint not null check (score between 1 and 5),
  comment text,
  rated_at timestamptz not null,
  check ((message_id is null) <> (conversation_id is null))
);

create table tickets (
  number integer generated always as identity (start with 1001) primary key,
  -- Whose key it is: the user, or 'anonymous' before there is one.
  owner text not null,
  idempotency_key text not null,
  user_id uuid references users on delete set null,
  conversation_id uuid references conversations on delete set null,
  name text not null,
  email text not null,
  description text not null,
  transcript jsonb not null,
  created_at timestamptz not null,
  unique (owner, idempotency_key)
);
create index tickets_age on tickets (created_at);

-- Log data: what happened and how long it took. Never a word that a person wrote, never an address.
create table log (
  id integer generated always as identity primary key,
  at timestamptz not null,
  request_id text not null,
  user_id uuid,
  what text not null,
  status integer not null,
  ms integer not null,
  code text
);
create index log_age on log (at);
