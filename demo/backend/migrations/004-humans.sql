-- Humans who take a conversation over, what they write, and when they go. A row is an event for who follows it.

-- Who has taken over, while they have.
alter table conversations add column human text;

create table human_events (
  number integer generated always as identity primary key,
  id uuid not null unique,
  conversation_id uuid not null references conversations on delete cascade,
  kind text not null check (kind in ('joined', 'said', 'left')),
  name text not null,
  text text not null default '',
  made_at timestamptz not null
);
create index human_events_conversation on human_events (conversation_id, number);
create index human_events_age on human_events (made_at);
