// Counts the tests of a Web Test Runner run per browser and writes them as JSON for scripts/test.mjs.
import {writeFileSync} from 'node:fs';

/** @param file where to write `{<browser>: {passed, failed, skipped}}` */
export const countReporter = (file) => ({
  stop({sessions}) {
    const byBrowser = {};
    for (const session of sessions) {
      const counts = (byBrowser[session.browser.name] ??= {passed: 0, failed: 0, skipped: 0});
      const failedBefore = counts.failed;
      if (session.testResults) countSuite(session.testResults, counts);
      // A file that could not be loaded, or threw outside of a test, has no failed test but has failed.
      if (!session.passed && counts.failed === failedBefore) counts.failed++;
    }
    writeFileSync(file, JSON.stringify(byBrowser));
  },
});

function countSuite({tests, suites}, counts) {
  for (const {passed, skipped} of tests) counts[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  for (const suite of suites) countSuite(suite, counts);
}
