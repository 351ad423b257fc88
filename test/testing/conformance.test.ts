import {httpTransport} from '../../src/transports/http.js';
import {conformance} from '../../src/testing/index.js';
import {fastClock} from '../transports/http-scenarios.js';

describe('the native transport, by the conformance kit', () => {
  for (const {name, run} of conformance((wire) => httpTransport(wire, fastClock))) it(name, run).timeout(15_000);
});
