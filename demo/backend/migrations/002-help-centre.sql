-- The index of the help centre's articles. It mirrors a folder of Markdown and can be rebuilt from it at any time.

create extension if not exists pg_trgm;

create table articles (
  id integer generated always as identity primary key,
  lang text not null,
  slug text not null,
  title text not null,
  category text,
  updated text,
  -- Where the article lives on the web, when not among our own help pages.
  url text,
  content_sha256 text not null,
  unique (lang, slug)
);

-- What is found and quoted: an article's introduction, or one of its sections.
create table passages (
  id integer generated always as identity primary key,
  article_id integer not null references articles on delete cascade,
  lang text not null,
  position integer not null,
  heading text not null,
  -- Markdown, as written.
  body text not null,
  -- The same without marks, for snippets.
  plain text not null,
  -- Title A, heading B, body C, in the article's language.
  tsv tsvector not null
);
create index passages_article on passages (article_id, position);
-- No pending list: a question must never wait for one to be worked off.
create index passages_tsv on passages using gin (tsv) with (fastupdate = off);

-- Every word of the articles: to know how rare a word is, to take compounds apart and to forgive misspelling.
-- Byte order, so that "begins with" can use the index.
create table vocabulary (
  lang text not null,
  word text collate "C" not null,
  lexeme text collate "C" not null,
  -- In how many passages.
  passages integer not null,
  primary key (lang, word)
);
create index vocabulary_lexeme on vocabulary (lang, lexeme);
create index vocabulary_similar on vocabulary using gin (word gin_trgm_ops);

-- How many passages there are in each language: what rarity is measured against.
create table indexed_languages (
  lang text primary key,
  passages integer not null
);
