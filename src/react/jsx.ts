/** Types for `<tillit-chat>` as it is in JSX. React 19 hands properties on, and hears `ontillit-answer`. */
import type {DetailedHTMLProps, HTMLAttributes} from 'react';

import type {TillitAttributes, TillitListeners, TillitProperties} from '../elements/properties.js';
import type {TillitChat} from '../elements/tillit-chat.js';

type TillitChatTag = DetailedHTMLProps<HTMLAttributes<TillitChat>, TillitChat> &
  TillitProperties &
  TillitAttributes &
  TillitListeners;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where React declares the tags there are
  namespace JSX {
    interface IntrinsicElements {
      'tillit-chat': TillitChatTag;
    }
  }
}
