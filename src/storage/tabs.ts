/**
 * Keeps the tabs of one site in step: what a person accepts, takes back, deletes or asks in one holds in the others.
 *
 * Between tabs of one origin, over a `BroadcastChannel`; nothing is stored. What arrives is read as strictly as a
 * snapshot, and a tab in the middle of an answer is left alone.
 */
import {chatError} from '../core/errors.js';
import type {Chat} from '../core/session.js';
import {openTurn, type ChatState} from '../core/state.js';
import type {Acceptance} from '../core/terms.js';
import type {TicketReceipt} from '../core/transport.js';
import {fromSnapshot, toSnapshot} from './snapshot.js';

type News =
  | {readonly type: 'accepted'; readonly acceptance: Acceptance}
  | {readonly type: 'withdrawn'}
  | {readonly type: 'signed-out'}
  | {readonly type: 'cleared'; readonly conversationId: string}
  | {readonly type: 'turns'; readonly conversationId: string; readonly snapshot: string}
  | {readonly type: 'ticket'; readonly key: string; readonly receipt: TicketReceipt};

/** @returns stops it */
export function shareTabs(chat: Chat, name: string, open = openChannel): () => void {
  const channel = open(name);
  if (!channel) return () => {};
  let last = chat.store.get();
  /** What another tab has told is not told again. */
  let isHearing = false;
  const unfollow = chat.store.subscribe((state) => {
    const before = last;
    last = state;
    // Of whom it tells: whoever has signed out elsewhere has nothing to do with who is here.
    if (!isHearing)
      for (const news of newsOf(before, state))
        channel.postMessage({...news, user: (news.type === 'withdrawn' ? before : state).user});
  });
  channel.onmessage = ({data}: MessageEvent<unknown>) => {
    isHearing = true;
    try {
      hear(chat, data as Partial<News> & {readonly user?: string});
    } catch {
      // Not ours: another version of the chat on another page of the site.
    } finally {
      isHearing = false;
    }
  };
  return () => {
    unfollow();
    channel.close();
  };
}

/** Absent outside of pages, and where the page has an origin of its own. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return typeof document === 'undefined' ? undefined : new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

function newsOf(before: ChatState, after: ChatState): readonly News[] {
  const news: News[] = [];
  const {acceptance, conversationId, turns} = after;
  if (acceptance?.textSha256 && acceptance !== before.acceptance) news.push({type: 'accepted', acceptance});
  if (!acceptance && before.acceptance) return [{type: 'withdrawn'}];
  if (before.gate.phase === 'open' && after.gate.phase === 'sign-in') news.push({type: 'signed-out'});
  if (before.conversationId !== undefined && turns.length === 0 && before.turns.length > 0)
    news.push({type: 'cleared', conversationId: before.conversationId});
  if (turns !== before.turns && turns.length > 0 && !openTurn(after) && conversationId !== undefined) {
    // Between tabs nothing is kept.
    const snapshot = toSnapshot(after, true);
    if (snapshot) news.push({type: 'turns', conversationId, snapshot});
  }
  if (before.ticket.phase === 'sending' && after.ticket.phase === 'created')
    news.push({type: 'ticket', key: before.ticket.key, receipt: after.ticket.receipt});
  return news;
}

function hear(chat: Chat, news: Partial<News> & {readonly user?: string | undefined}) {
  const state = chat.store.get();
  if (news.user !== state.user && state.config) {
    // Another person has signed in: the config says who is here now.
    if (news.type === 'accepted') void chat.refresh();
    return;
  }
  const restore = (change: Partial<ChatState>) => chat.store.dispatch({type: 'restored', state: change});
  switch (news.type) {
    case 'accepted':
      if (state.acceptance?.acceptedAt === news.acceptance!.acceptedAt) return;
      restore({acceptance: news.acceptance!, user: news.user});
      // The hash decides whether it covers the terms that are on the screen here.
      if (state.gate.phase === 'terms') void chat.refresh();
      return;
    case 'withdrawn':
      if (state.acceptance) chat.forget();
      return;
    case 'signed-out':
      if (state.gate.phase === 'open') void chat.refresh(chatError('auth_required'));
      return;
    case 'cleared':
      if (state.conversationId === news.conversationId) chat.reset();
      return;
    case 'turns': {
      if (state.conversationId !== news.conversationId || openTurn(state)) return;
      const {turns} = fromSnapshot(news.snapshot!) ?? {};
      // A rating or an answer more, never a conversation that is behind ours.
      if (turns && turns.length >= state.turns.length) restore({turns});
      return;
    }
    case 'ticket': {
      const {ticket} = state;
      if (ticket.phase === 'created' || ticket.key !== news.key) return;
      restore({ticket: ticket.phase === 'closed' ? {phase: 'closed'} : {phase: 'created', receipt: news.receipt!}});
      return;
    }
    case undefined:
      return;
  }
}
