import {expect} from '@open-wc/testing';

import {ChatFailure} from '../../src/core/errors.js';
import {parseAcceptanceReceipt, parseTicketReceipt} from '../../src/transports/parse-receipt.js';
import {parseAcceptedText, parseDeletion, parseSpeechToken} from '../../src/transports/parse-rare.js';
import {parseTranscript} from '../../src/transports/parse-transcript.js';

const token = {provider: 'azure', token: 'secret', region: 'northeurope', expiresAt: '2026-11-20T12:00:00Z'};
const turn = {
  id: 't1',
  messageId: 'm1',
  question: 'Q',
  answer: 'A',
  askedAt: '2026-11-20T12:00:00Z',
  sources: [{id: 's1', title: 'T'}],
  answerer: {kind: 'search'},
  rating: {score: 4, comment: 'ok'},
};
const transcript = {conversationId: 'c1', turns: [turn]};

describe('what the backend hands back', () => {
  it("an acceptance's receipt", () => {
    expect(parseAcceptanceReceipt({receiptId: 'r1', more: 1})).to.deep.equal({receiptId: 'r1'});
  });

  it("a ticket's receipt", () => {
    const receipt = {id: 'T-1', url: 'https://help.example/T-1', duplicate: true};
    expect(parseTicketReceipt(receipt)).to.deep.equal(receipt);
    expect(parseTicketReceipt({id: 'T-1', url: 7, duplicate: 'no'})).to.deep.equal({id: 'T-1'});
  });

  it("a ticket's number", () => expect(parseTicketReceipt({id: 4711})).to.deep.equal({id: '4711'}));

  it('what became of a wish to delete everything, which is not done unless it says so', () => {
    expect(parseDeletion({receiptId: 'd', status: 'done', kept: []})).to.deep.equal({
      receiptId: 'd',
      status: 'done',
      kept: [],
    });
    for (const vague of [{receiptId: 'd'}, {receiptId: 'd', status: 'queued', kept: 'none'}])
      expect(parseDeletion(vague)).to.deep.equal({receiptId: 'd', status: 'requested', kept: []});
    const kept = [
      {what: 'tickets', count: 1, until: '2027-01-01', why: 'Proof.'},
      {why: 'nameless'},
      {what: 'x', count: -1},
    ];
    expect(parseDeletion({receiptId: 'd', kept}).kept).to.deep.equal([kept[0], {what: 'x'}]);
    for (const broken of [{}, {receiptId: ''}, 'done', null])
      expect(() => parseDeletion(broken)).to.throw(ChatFailure, 'protocol');
  });

  it('the text that was accepted', () => {
    expect(parseAcceptedText({text: 'Terms', version: '3'})).to.equal('Terms');
    expect(() => parseAcceptedText({})).to.throw(ChatFailure, 'protocol');
  });

  it('a token for speech', () => expect(parseSpeechToken(token)).to.deep.equal(token));

  it('a transcript', () => expect(parseTranscript(transcript)).to.deep.equal(transcript));

  it("a transcript with an answer of unknown make, which then counts as AI's", () => {
    const {id, question, answer, askedAt} = turn;
    expect(
      parseTranscript({conversationId: 'c1', turns: [{id, question, answer, askedAt, rating: {score: 9}}]}),
    ).to.deep.equal({
      conversationId: 'c1',
      turns: [{id, question, answer, askedAt, sources: [], answerer: {kind: 'ai'}}],
    });
  });

  for (const [what, parse] of [
    ['an acceptance without a receipt', () => parseAcceptanceReceipt({receiptId: ''})],
    ['an acceptance answered with null', () => parseAcceptanceReceipt(null)],
    ['a ticket without a number', () => parseTicketReceipt({answer: 'x'})],
    ['a token without an end', () => parseSpeechToken({...token, expiresAt: 7})],
    ['a transcript without turns', () => parseTranscript({conversationId: 'c1'})],
    [
      'a transcript with a turn that is not whole',
      () => parseTranscript({...transcript, turns: [turn, {...turn, answer: null}]}),
    ],
  ] as const) {
    it(`refuses ${what}`, () => expect(parse).to.throw(ChatFailure, 'protocol'));
  }
});
