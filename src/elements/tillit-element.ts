import {LitElement, type CSSResult} from 'lit';

import {adopt} from './adopt.js';

/**
 * Base of every inner element. It renders into the one shadow root that surrounds it, and brings its sheet along,
 * so that parts, labels and focus know no borders. See ARCHITECTURE, "One shadow root".
 */
export abstract class TillitElement extends LitElement {
  static sheet: CSSResult;

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    adopt(this.getRootNode() as ShadowRoot | Document, (this.constructor as typeof TillitElement).sheet);
  }
}
