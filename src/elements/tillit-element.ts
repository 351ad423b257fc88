import {LitElement, type CSSResult} from 'lit';

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
    const root = this.getRootNode() as ShadowRoot | Document;
    const sheet = (this.constructor as typeof TillitElement).sheet.styleSheet;
    if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }
}
