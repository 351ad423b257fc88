/** Terms and a config to test with, when a test is about something else. */
import type {TermsDocument} from '../core/terms.js';
import type {RemoteConfig} from '../core/transport.js';

export const sampleTerms: TermsDocument = {
  id: 'help-chat',
  version: '3.1',
  updated: '2026-10-05',
  title: 'Terms for the help chat',
  summary: ['Your questions are kept for 90 days.', 'Support may read them.'],
  notToEnter: 'Enter no personal identity numbers.',
  markdown: '## Who is responsible\n\nThe vendor **Lön AB** is.\n\n- Kept for 90 days',
  dataTable: [{what: 'Questions', where: 'Stockholm', howLong: '90 days'}],
};

export const sampleConfig: RemoteConfig = {
  enabled: true,
  terms: sampleTerms,
  answerer: {kind: 'ai'},
  features: {},
  limits: {},
  suggestions: [{text: 'How do I correct a pay slip?'}],
};
