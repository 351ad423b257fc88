import {expect} from '@open-wc/testing';
import type {ReactiveController} from 'lit';

import {holdSheet} from '../../src/controllers/sheet.js';
import {found, loadAll, one, openChat, until} from '../support/chat.js';

const page = document.documentElement;
/** A host that is open until `undo`. */
const hold = ({close = () => {}, backCloses = false} = {}) => {
  const panel = document.createElement('div');
  panel.popover = 'manual';
  const controllers: ReactiveController[] = [];
  const host = {
    open: true,
    hasAttribute: () => backCloses,
    shut: close,
    addController: (controller: ReactiveController) => controllers.push(controller),
    removeController: () => controllers.pop(),
    requestUpdate: () => {},
    updateComplete: Promise.resolve(true),
  };
  holdSheet(host, panel);
  const undo = () => {
    host.open = false;
    controllers[0]!.hostUpdated!();
  };
  return {panel, undo};
};

/** Runs with a value in place of the window's own. */
function withGlobal(name: string, value: unknown) {
  const was = Object.getOwnPropertyDescriptor(window, name);
  Object.defineProperty(window, name, {value, configurable: true, writable: true});
  return () => (was ? Object.defineProperty(window, name, was) : delete (window as never)[name]);
}

/** A keyboard and a zoom that a test can move. */
class Viewport extends EventTarget {
  height = 844;
  offsetTop = 0;
  scale = 1;
  set(values: Partial<Pick<Viewport, 'height' | 'offsetTop' | 'scale'>>) {
    Object.assign(this, values);
    this.dispatchEvent(new Event('resize'));
  }
}

describe('a panel that covers the window', () => {
  let putBack: () => void = () => {};
  afterEach(() => {
    putBack();
    putBack = () => {};
    page.removeAttribute('style');
  });

  it('takes what the keyboard leaves, and not what a zoom shows', () => {
    const viewport = new Viewport();
    putBack = withGlobal('visualViewport', viewport);
    const {panel, undo} = hold();
    const size = () => [panel.style.getPropertyValue('--_top'), panel.style.getPropertyValue('--_height')];
    expect(size()).to.deep.equal(['0px', '844px']);
    viewport.set({height: 460, offsetTop: 120});
    expect(size()).to.deep.equal(['120px', '460px']);
    viewport.set({height: 422, offsetTop: 200, scale: 2});
    expect(size()).to.deep.equal(['0px', '844px']);
    viewport.set({height: 993, offsetTop: 0, scale: 0.85});
    expect(size(), 'a page that is too wide').to.deep.equal(['0px', '993px']);
    undo();
    expect(size()).to.deep.equal(['', '']);
    viewport.set({height: 100});
    expect(size(), 'nobody listens any more').to.deep.equal(['', '']);
  });

  it('holds the page still, and lets it go as it was', () => {
    const first = hold();
    expect(getComputedStyle(page).overflow).to.equal('hidden');
    first.undo();
    expect(page.hasAttribute('style')).to.equal(false);
    page.style.overflow = 'scroll';
    const second = hold();
    expect(page.style.overflow).to.equal('hidden');
    second.undo();
    expect(page.style.overflow).to.equal('scroll');
    const third = hold();
    page.style.overflow = 'auto';
    third.undo();
    expect(page.style.overflow, 'the page thought of something else').to.equal('auto');
  });

  it('closes when the browser says that the person goes back', () => {
    let closed = 0;
    let destroyed = 0;
    const told = new EventTarget();
    putBack = withGlobal('CloseWatcher', function () {
      return Object.assign(told, {destroy: () => destroyed++});
    });
    const {matchMedia} = window;
    window.matchMedia = () => ({matches: true}) as MediaQueryList;
    const {undo} = hold({close: () => closed++});
    window.matchMedia = matchMedia;
    told.dispatchEvent(new Event('close'));
    expect(closed).to.equal(1);
    undo();
    expect(destroyed).to.equal(1);
  });

  it('leaves the history alone unless the host lets it', () => {
    putBack = withGlobal('CloseWatcher', undefined);
    const {length} = history;
    const {undo} = hold();
    expect(history.length).to.equal(length);
    undo();
  });

  it('closes with the step back in the history that the host allowed', async () => {
    putBack = withGlobal('CloseWatcher', undefined);
    history.replaceState({route: '/prices'}, '');
    let closed = 0;
    const {undo} = hold({close: () => closed++, backCloses: true});
    expect(history.state).to.deep.equal({route: '/prices', 'tillit-chat': true});
    history.back();
    await until(() => closed === 1, 'it closes');
    undo();
    expect(history.state).to.deep.equal({route: '/prices'});
  });

  it('takes its step back when it is closed otherwise, and not once the page has gone on', async () => {
    putBack = withGlobal('CloseWatcher', undefined);
    history.replaceState({route: '/a'}, '');
    let closed = 0;
    const first = hold({close: () => closed++, backCloses: true});
    first.undo();
    await until(() => (history.state as {'tillit-chat'?: true})['tillit-chat'] === undefined, 'the step is taken back');
    expect(closed, 'that is no one going back').to.equal(0);
    const second = hold({backCloses: true});
    history.pushState({route: '/b'}, '');
    second.undo();
    await new Promise((later) => {
      setTimeout(later, 50);
    });
    expect(history.state).to.deep.equal({route: '/b'});
    history.go(-2);
    await until(() => (history.state as {route: string}).route === '/a', 'put back');
    history.replaceState(null, '');
  });
});

describe('the chat over a whole window', () => {
  before(loadAll);

  it('holds the page only while it is open', async () => {
    const {chat} = await openChat();
    expect(page.style.overflow).to.equal('');
    chat.hide();
    await chat.updateComplete;
    chat.mode = 'fullscreen';
    chat.show();
    await until(() => page.style.overflow === 'hidden', 'the page stands still');
    await found(chat, '.panel:popover-open');
    expect(one(chat, '.panel').style.getPropertyValue('--_height')).to.equal(`${window.visualViewport!.height}px`);
    chat.hide();
    await until(() => page.style.overflow === '', 'the page moves again');
    chat.show();
    await until(() => page.style.overflow === 'hidden', 'again');
    chat.remove();
    expect(page.style.overflow).to.equal('');
  });
});
