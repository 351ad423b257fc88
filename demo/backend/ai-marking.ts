/** A turn as it is exported: the mark is on the answer alone, never on what the person asked. */
import {AI_MARK, isMadeByAi, type Transcript} from 'tillit-chat/core';

type Turn = Transcript['turns'][number];

export function exportedTurn({answer, answerer, sources, ...turn}: Turn) {
  return {
    '@type': 'Question',
    ...turn,
    answer: {'@type': 'Answer', text: answer, answerer, sources, ...(isMadeByAi(answerer) && AI_MARK)},
  };
}
