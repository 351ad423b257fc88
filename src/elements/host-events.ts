/**
 * What a change of the conversation means to the host: events are read off the state, so none is forgotten or sent twice.
 * Loaded with what a conversation is drawn with; what the gate has to tell is in gate-events.ts.
 */
import type {ChatState, Turn} from '../core/state.js';
import {isOpen} from '../core/state.js';
import type {HostEvent} from './emit.js';

/** @param nowMs when the change was */
export function conversationEvents(before: ChatState, after: ChatState, nowMs: number): readonly HostEvent[] {
  return [...turnEvents(before, after, nowMs), ...ticketEvents(before, after)];
}

function turnEvents(before: ChatState, after: ChatState, nowMs: number): readonly HostEvent[] {
  if (before.turns === after.turns) return [];
  const earlier = new Map(before.turns.map((turn) => [turn.id, turn]));
  return after.turns.flatMap((turn): readonly HostEvent[] => {
    const was = earlier.get(turn.id);
    if (was === turn) return [];
    const isNewlyOpen = isOpen(turn) && !(was && isOpen(was));
    if (isNewlyOpen) return [{name: 'tillit-ask', detail: {turnId: turn.id, questionChars: turn.question.length}}];
    if (was && isOpen(was) && !isOpen(turn)) return endEvents(turn, nowMs);
    return ratingEvents(was, turn);
  });
}

function endEvents(turn: Turn, nowMs: number): readonly HostEvent[] {
  const answer = turn.answers.at(-1);
  const ended: HostEvent = {
    name: 'tillit-answer',
    detail: {
      turnId: turn.id,
      outcome: turn.phase === 'failed' || turn.phase === 'stopped' ? turn.phase : 'done',
      answerer: answer?.answerer.kind ?? 'ai',
      sources: answer?.sources.length ?? 0,
      durationMs: nowMs - turn.askedAtMs,
    },
  };
  return turn.error ? [ended, {name: 'tillit-error', detail: {code: turn.error.code, turnId: turn.id}}] : [ended];
}

function ratingEvents(before: Turn | undefined, after: Turn): readonly HostEvent[] {
  return after.answers.flatMap(({rating}, index): readonly HostEvent[] => {
    // A saved rating that was there before the turn was (a restored conversation) is no news.
    const isNews = before && rating?.phase === 'saved' && rating !== before.answers[index]?.rating;
    return isNews ? [{name: 'tillit-rate', detail: {turnId: after.id, score: rating.score}}] : [];
  });
}

function ticketEvents({ticket: before}: ChatState, {ticket: after}: ChatState): readonly HostEvent[] {
  if (before === after) return [];
  if (after.phase === 'created') {
    return [{name: 'tillit-ticket', detail: {ticketId: after.receipt.id, duplicate: after.receipt.duplicate ?? false}}];
  }
  return after.phase === 'editing' && after.error ? [{name: 'tillit-error', detail: {code: after.error.code}}] : [];
}
